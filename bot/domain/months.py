"""Months as people report on them: how they are named, when they begin, and the first working day in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.agenda import Slot
from bot.domain.errors import Invalid
from bot.domain.hours import Calendar

NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORTEST_NAME = 3
_NUMBERED = re.compile(r"(\d{4})-(\d{1,2})")
_NAMED = re.compile(r"([a-z]+)(?: (\d{4}))?")
_EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, `since` to before `until` (UTC), on the calendar of `zone`."""

    since: datetime
    until: datetime
    zone: ZoneInfo

    def weeks(self) -> list[datetime]:
        """When each of its weeks begins: at its own beginning, then on every Monday in it."""
        first = self.since.astimezone(self.zone).date()
        monday = first + timedelta(days=7 - first.weekday())
        starts = [self.since]
        while (begin := _midnight(monday, self.zone)) < self.until:
            starts.append(begin)
            monday += timedelta(days=7)
        return starts


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    @classmethod
    def of(cls, at: datetime, zone: ZoneInfo) -> Month:
        """The month an instant lies in."""
        local = at.astimezone(zone)
        return cls(local.year, local.month)

    @property
    def name(self) -> str:
        """`2026-11`."""
        return f"{self.year}-{self.number:02d}"

    @property
    def title(self) -> str:
        """`November 2026`."""
        return f"{NAMES[self.number - 1].capitalize()} {self.year}"

    @property
    def before(self) -> Month:
        """The month before."""
        return Month(self.year, self.number - 1) if self.number > 1 else Month(self.year - 1, 12)

    @property
    def after(self) -> Month:
        """The month after."""
        return Month(self.year, self.number + 1) if self.number < 12 else Month(self.year + 1, 1)

    def period(self, zone: ZoneInfo) -> Period:
        """From its first midnight to the next month's, in a zone."""
        begin, end = date(self.year, self.number, 1), date(self.after.year, self.after.number, 1)
        return Period(_midnight(begin, zone), _midnight(end, zone), zone)


def read_month(words: str, now: datetime, zone: ZoneInfo) -> Month:
    """The month people mean: `2026-11`, `november`, `nov 2025`, `last month`, nothing or `this month`.

    A name without a year is the latest such month that has begun. Raises Invalid for anything else, and for a month
    that has not begun.
    """
    this, said = Month.of(now, zone), " ".join(words.lower().split())
    if said in {"", "this month"}:
        return this
    month = this.before if said == "last month" else _numbered(said) or _named(said, this)
    if month is None or month.year < _EARLIEST:
        raise Invalid(f"I can't tell which month “{words[:30]}” is. Try {this.before.name}, or “last month”.")
    if month > this:
        raise Invalid(f"{month.title} has not begun yet, so there is nothing to report.")
    return month


def first_working_day(month: Month, calendar: Calendar, hour: int, zone: ZoneInfo) -> Slot:
    """The hour on the first day of a month on which work begins, by a calendar; named by the month."""
    opening = calendar.next_open(month.period(zone).since).astimezone(zone)
    return Slot(month.name, datetime.combine(opening.date(), time(hour), zone).astimezone(UTC))


def working_day_from(month: Month, day: int, calendar: Calendar, hour: int, zone: ZoneInfo) -> Slot:
    """The hour on the first day from some day of a month on (1 to 28) on which work begins; named by the month."""
    opening = calendar.next_open(_midnight(date(month.year, month.number, day), zone)).astimezone(zone)
    return Slot(month.name, datetime.combine(opening.date(), time(hour), zone).astimezone(UTC))


def _numbered(said: str) -> Month | None:
    found = _NUMBERED.fullmatch(said)
    return Month(int(found[1]), int(found[2])) if found and 1 <= int(found[2]) <= 12 else None


def _named(said: str, this: Month) -> Month | None:
    found = _NAMED.fullmatch(said)
    if not found or len(found[1]) < SHORTEST_NAME:
        return None
    number = next((n for n, name in enumerate(NAMES, 1) if name.startswith(found[1])), None)
    if number is None:
        return None
    if found[2]:
        return Month(int(found[2]), number)
    return Month(this.year if number <= this.number else this.year - 1, number)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
