"""A campaign as its ticket's facts tell it: when, to whom, through what, to which site, and the load it brings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.campaign_words import order_value_of, share_of, span_of, time_of
from bot.domain.channel_words import Part, channels_in, parts_in
from bot.domain.channels import CampaignChannel
from bot.domain.errors import Invalid
from bot.domain.load import Hours, Wave
from bot.domain.load.waves import MOST_PEOPLE
from bot.domain.money import Money
from bot.domain.reach import all_told, reached
from bot.domain.ticket import Ticket

NEEDED = ("start", "audience", "channel")  # facts without which there is nothing to forecast
FIRST_YEAR, LAST_YEAR = 1970, 9000
USUAL_TIME = time(10)  # where nobody said when on the day
Read = TypeVar("Read")


@dataclass(frozen=True)  # without slots: its end is worked out once
class Campaign:
    """One campaign. The shares are 0 to 1, `window_s` seconds of sending; None is as usual for the channel.

    `has_time`: somebody said at what time it starts. `parts`: what each channel was told to reach, in their order,
    None for nothing. `conversation`: where it is talked about, which no forecast hangs on.
    """

    number: int
    name: str
    start: datetime
    channels: tuple[CampaignChannel, ...]
    audience: int
    page: str = ""
    window_s: float | None = None
    response: float | None = None
    conversion: float | None = None
    order_value: Money | None = None
    has_time: bool = False
    parts: tuple[Part | None, ...] = ()
    conversation: str = field(default="", repr=False, compare=False)

    @property
    def main(self) -> CampaignChannel:
        """The channel that was named first: what was said of rates and window is said of it."""
        return self.channels[0]

    @property
    def orders_per_visit(self) -> float:
        """As was said, else as usual."""
        return self.main.conversion if self.conversion is None else self.conversion

    @cached_property
    def reach(self) -> tuple[int, ...]:
        """People reached through each channel, in their order: as told, else as the rule of `reach` splits them."""
        return reached(self.audience, self.parts or (None,) * len(self.channels))

    def waves(self) -> tuple[Wave, ...]:
        """What each channel brings."""
        others = zip(self.channels[1:], self.reach[1:], strict=True)
        return (self._main_wave(), *(one.wave(self.name, people, self.start) for one, people in others))

    @cached_property
    def ends(self) -> datetime:
        """When it no longer counts."""
        return self.start + timedelta(seconds=max(wave.end_s for wave in self.waves()))

    @cached_property
    def busy(self) -> Hours:
        """From its start until it is as good as over: the hours in which it is the one to look at."""
        return self.start, self.start + timedelta(seconds=max(wave.busy_s for wave in self.waves()))

    @cached_property
    def digest(self) -> str:
        """The same for the same campaign, another for another."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def meets(self, other: Campaign) -> bool:
        """Whether both bring visitors at some time."""
        return self.start < other.ends and other.start < self.ends

    def shares_hours(self, other: Campaign) -> bool:
        """Whether both are busy at some time. What is left of an earlier one counts, but nobody would name it."""
        return self.start < other.busy[1] and other.start < self.busy[1]

    def _main_wave(self) -> Wave:
        """The sending through the main channel."""
        given = {"response": self.response, "window_s": self.window_s}
        wave = self.main.wave(self.name, self.reach[0], self.start, **given)
        return wave if self.response is None else replace(wave, scanner=None)


def campaign_of(ticket: Ticket, zone: str) -> Campaign | None:
    """The campaign of a ticket, its times in `zone`; None as long as something needed lacks."""
    if lacking(ticket.facts):
        return None
    facts = ticket.facts
    at = _read(facts, "time", time_of)
    day = date.fromisoformat(facts["start"])
    return Campaign(
        number=ticket.number,
        name=ticket.title,
        start=datetime.combine(day, at or USUAL_TIME, ZoneInfo(zone)),
        channels=channels_in(facts["channel"]),
        audience=_audience(facts) or 0,
        page=facts.get("page", ""),
        window_s=_read(facts, "window", span_of),
        response=_read(facts, "click_rate", share_of),
        conversion=_read(facts, "conversion", share_of),
        order_value=_read(facts, "order_value", order_value_of),
        has_time=at is not None,
        parts=parts_in(facts["channel"]) if any(parts_in(facts["channel"])) else (),
        conversation=ticket.place.conversation,
    )


def lacking(facts: Mapping[str, str]) -> tuple[str, ...]:
    """Which needed facts lack, or can't be read."""
    known: Mapping[str, object] = {
        "start": _read(facts, "start", _day), "audience": _audience(facts),
        "channel": channels_in(facts.get("channel", "")) or None,
    }  # fmt: skip
    return tuple(key for key in NEEDED if known[key] is None)


def beside(campaign: Campaign, known: Sequence[Campaign]) -> tuple[Campaign, ...]:
    """Those of `known`, campaigns on one site, that bring visitors in the same hours."""
    return tuple(one for one in known if one.number != campaign.number and one.meets(campaign))


def _day(words: str) -> date | None:
    """A day that can be reckoned with, on both sides of any zone."""
    day = date.fromisoformat(words)
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _positive(words: str) -> int | None:
    number = int(words) if words.isascii() and words.isdigit() and len(words) < 12 else 0
    return number if 0 < number <= MOST_PEOPLE else None


def _audience(facts: Mapping[str, str]) -> int | None:
    """As told, else what all channels were told to reach."""
    told = all_told(parts_in(facts.get("channel", "")))
    return _read(facts, "audience", _positive) or (_positive(str(told)) if told else None)


def _read(facts: Mapping[str, str], key: str, read: Callable[[str], Read | None]) -> Read | None:
    """A fact as a value; None where nothing was said, or nothing that can be read."""
    try:
        return read(facts[key]) if facts.get(key) else None
    except (Invalid, ValueError):
        return None
