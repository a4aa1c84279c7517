"""A first half hour for two people who work together from now on: when both work, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.hours import Calendar

LASTS = timedelta(minutes=30)
WORKING_DAYS = 5
LOOK_AHEAD_DAYS = 21  # of which at least five are working days, unless everybody is on holiday

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class FirstMeeting:
    """A meeting from `starts_at` (UTC) for half an hour, in the `zone` of the team it is for.

    `id` is the same for everybody who is invited; `where`: the place they share, empty for a call; `made_at`: when it
    was offered.
    """

    id: str
    title: str
    about: str
    starts_at: datetime
    zone: str
    where: str
    made_at: datetime


def time_for_all(calendars: Sequence[Calendar], taken: Sequence[Span], now: datetime, tz: ZoneInfo) -> datetime | None:
    """The first full or half hour (UTC) at which everybody works for half an hour; None within five working days.

    calendars: of everybody; the days on which the first of them works are counted, from tomorrow on. taken: spans in
    which somebody has no time. tz: whose days and hours are meant.
    """
    for day in _working_days(calendars[0], now.astimezone(tz).date(), tz):
        for minutes in range(0, 24 * 60, 30):
            start = datetime.combine(day, time(minutes // 60, minutes % 60), tz).astimezone(UTC)
            if _suits(calendars, taken, start):
                return start
    return None


def place_of_both(one: str, other: str) -> str:
    """Where two people can meet in person: the place both are at, as the first of them wrote it; else empty."""
    same = " ".join(one.casefold().split()) == " ".join(other.casefold().split())
    return one if same else ""


def _working_days(calendar: Calendar, today: date, tz: ZoneInfo) -> Iterator[date]:
    found = 0
    for ahead in range(1, LOOK_AHEAD_DAYS + 1):
        first, last = (datetime.combine(today + timedelta(days=ahead + one), time(), tz) for one in (0, 1))
        if calendar.next_open(first) < last:
            yield today + timedelta(days=ahead)
            found += 1
        if found == WORKING_DAYS:
            return


def _suits(calendars: Sequence[Calendar], taken: Sequence[Span], start: datetime) -> bool:
    end = start + LASTS
    if any(begun < end and start < over for begun, over in taken):
        return False
    return all(one.between(start, end) == LASTS.total_seconds() for one in calendars)
