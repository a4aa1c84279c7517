"""Whether IT knew of a campaign in time, and before its date was fixed, as the event log tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.events import Event, What

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


def date_fixed_at(events: Iterable[Event]) -> datetime | None:
    """When a ticket's log first tells a first day."""
    return next((event.at for event in events if event.what in TOLD and event.data.get("start")), None)


def in_time(found: Sequence[Involvement]) -> Share:
    """How many IT knew in time."""
    return Share(sum(one.is_in_time for one in found), len(found))


def before_the_date(found: Sequence[Involvement]) -> Share:
    """How many IT knew before the date was fixed."""
    return Share(sum(one.is_before_the_date for one in found), len(found))
