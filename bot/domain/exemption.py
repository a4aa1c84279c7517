"""An exception from a freeze: asked for a campaign of one person, granted or declined once, for a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import Conflict
from bot.domain.planned import Planned

MOST_REASON = 500


class Standing(StrEnum):
    """How an exception stands; `over`: the campaign is not in the freeze any more."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    OVER = "over"


STANDING_WORDS = {
    Standing.ASKED: "asked for",
    Standing.GRANTED: "granted",
    Standing.DECLINED: "declined",
    Standing.OVER: "not needed any more",
}


@dataclass(frozen=True, slots=True)
class Exemption:
    """The exception of one campaign (ticket number) from one freeze (its key). `window`: the times it was asked for;
    `granter`: who is asked, empty if nobody could be; `post`: the key of the message that asks.
    """

    workspace: str
    number: int
    freeze: str
    name: str
    window: str
    granter: str
    asked_at: datetime
    post: str = ""
    standing: Standing = Standing.ASKED
    by: str = ""
    at: datetime | None = None
    reason: str = ""

    def decide(self, by: str, at: datetime, reason: str, *, grant: bool) -> Exemption:
        """It with its answer. Raises Conflict if it has one, or needs none."""
        if self.standing is not Standing.ASKED:
            raise Conflict(f"This exception is {STANDING_WORDS[self.standing]} already.")
        standing = Standing.GRANTED if grant else Standing.DECLINED
        return replace(self, standing=standing, by=by, at=at, reason=reason)

    def end(self, at: datetime) -> Exemption:
        """It once it is not needed any more."""
        return replace(self, standing=Standing.OVER, at=at)


def window_of(campaign: Planned, freeze: Planned) -> str:
    """The times an exception is for: another start, or another freeze, is to be asked anew."""
    return "/".join(f"{at:%Y%m%dT%H%M}" for at in (campaign.start, campaign.end, freeze.start, freeze.end))


def is_to_be_asked(known: Exemption | None, window: str, granter: str) -> bool:
    """Whether to ask (again): never asked, asked for other times, or of somebody else who has not answered."""
    if known is None or known.window != window or known.standing is Standing.OVER:
        return True
    return known.standing is Standing.ASKED and known.granter != granter
