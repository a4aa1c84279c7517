"""Whether IT knew of a campaign in time, and before its date was fixed, as the event log tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.events import Event, What
from bot.domain.kinds import FIXED_STAGES

TOLD = frozenset({What.OPENED, What.CHANGED})


@dataclass(frozen=True, slots=True)
class Involvement:
    """When IT knew of one campaign (its ticket's number): `knew_at`; when it was to know at the latest: `due`, the
    lead time for its size before its first day; and when a first day was first said, None if the log does not tell.
    """

    number: int
    first_day: date
    knew_at: datetime
    due: datetime
    fixed_at: datetime | None = None

    @property
    def is_in_time(self) -> bool:
        """Whether IT knew at least the lead time before."""
        return self.knew_at <= self.due

    @property
    def is_before_the_date(self) -> bool:
        """Whether IT knew before there was a date."""
        return self.fixed_at is not None and self.knew_at < self.fixed_at


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        """In whole percents, rounded down: only all is 100 %; of none it is 0."""
        return 100 * self.count // self.of if self.of else 0


@dataclass(frozen=True, slots=True)
class ToolInvolvement:
    """When IT knew of one tool (its ticket's number), and when its vendor was fixed."""

    number: int
    knew_at: datetime
    fixed_at: datetime

    @property
    def is_before_the_decision(self) -> bool:
        """Whether IT knew before the vendor was fixed."""
        return self.knew_at < self.fixed_at

    @property
    def lead_days(self) -> int:
        """How many whole days before; 0 if it was not before."""
        return max(0, (self.fixed_at - self.knew_at).days)


def vendor_fixed_at(events: Iterable[Event]) -> datetime | None:
    """When a ticket's log first tells that its tool was chosen or bought; else when it was decided, or closed.

    None while it is open, and for one that was withdrawn before.
    """
    told = list(events)
    said = (event.at for event in told if event.what in TOLD and event.data.get("stage") in FIXED_STAGES)
    ended = (event.at for event in told if event.what in {What.DECIDED, What.RESOLVED})
    found = [at for at in (next(said, None), next(ended, None)) if at is not None]
    return min(found, default=None)


def date_fixed_at(events: Iterable[Event]) -> datetime | None:
    """When a ticket's log first tells a first day."""
    return next((event.at for event in events if event.what in TOLD and event.data.get("start")), None)


def in_time(found: Sequence[Involvement]) -> Share:
    """How many IT knew in time."""
    return Share(sum(one.is_in_time for one in found), len(found))


def before_the_date(found: Sequence[Involvement]) -> Share:
    """How many IT knew before the date was fixed."""
    return Share(sum(one.is_before_the_date for one in found), len(found))


def before_the_decision(found: Sequence[ToolInvolvement]) -> Share:
    """How many IT knew before their vendor was fixed."""
    return Share(sum(one.is_before_the_decision for one in found), len(found))
