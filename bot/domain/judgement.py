"""What was made of a message, and what people said of it: the ground of the report and of learning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from bot.domain.detection import Action

YES, NO = "yes", "no"
WORDS_KEPT = timedelta(days=365)  # how long the words of a judged message are kept where a channel learns


@dataclass(frozen=True, slots=True)
class Judgement:
    """One label of one message: what was done about it, how sure we were (0 to 1), and what people said.

    `label` is a kind of ticket, `at` when the message was heard. `said` is "yes" (it was one), "no", or empty while
    nobody has said so. `text` and `context` (the thread before it) are empty unless the channel learns.
    """

    workspace: str
    conversation: str
    message: str
    label: str
    action: Action
    confidence: float
    at: datetime
    said: str = ""
    said_at: datetime | None = None
    text: str = ""
    context: str = ""

    def judged(self, said: str, at: datetime) -> Judgement:
        """The same with what somebody says of it now; who judges again has changed their mind."""
        return replace(self, said=said, said_at=at if said else None)


class Period(NamedTuple):
    """A channel in a week (ISO 8601, such as 2026-W48)."""

    workspace: str
    conversation: str
    week: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How detection did, as people judged it, in labels of messages.

    Opened unasked: `right`, `wrong`, not `judged` yet. Asked: `yes`, `no`, `unanswered`. `missed`: ignored, and
    somebody opened a ticket by hand.
    """

    right: int = 0
    wrong: int = 0
    unjudged: int = 0
    yes: int = 0
    no: int = 0
    unanswered: int = 0
    missed: int = 0

    @property
    def opened_precision(self) -> float | None:
        """The share of right ones among the opened ones that were judged, None if there are none."""
        return _share(self.right, self.wrong)

    @property
    def asked_precision(self) -> float | None:
        """The share of yes among the answers, None if there are none."""
        return _share(self.yes, self.no)


def tally(judgements: Iterable[Judgement]) -> Tally:
    """The counts of some judgements."""
    counts: dict[str, int] = {}
    for one in judgements:
        place = _PLACES.get((one.action, one.said))
        if place:
            counts[place] = counts.get(place, 0) + 1
    return Tally(**counts)


def by_period(judgements: Iterable[Judgement], zones: Mapping[tuple[str, str], tzinfo]) -> Mapping[Period, Tally]:
    """The counts by channel and week, oldest week first. `zones`: the zone of each (workspace, conversation)."""
    found: dict[Period, list[Judgement]] = {}
    for one in judgements:
        zone = zones.get((one.workspace, one.conversation))
        year, week, _ = one.at.astimezone(zone).isocalendar() if zone else one.at.isocalendar()
        found.setdefault(Period(one.workspace, one.conversation, f"{year}-W{week:02d}"), []).append(one)
    return {period: tally(found[period]) for period in sorted(found, key=lambda one: (one.week, *one))}


def _share(good: int, bad: int) -> float | None:
    return good / (good + bad) if good + bad else None


_PLACES = {
    (Action.OPEN, YES): "right",
    (Action.OPEN, NO): "wrong",
    (Action.OPEN, ""): "unjudged",
    (Action.ASK, YES): "yes",
    (Action.ASK, NO): "no",
    (Action.ASK, ""): "unanswered",
    (Action.IGNORE, YES): "missed",
}
