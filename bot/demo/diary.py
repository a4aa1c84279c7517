"""What people will do and when: acts in the order of their time, more of which may follow from each."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

Act = Callable[[], None]
FRIDAY = 4
DAY = timedelta(days=1)


class Diary:
    """Acts by time. Those of one moment come in the order in which they were written down."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def add(self, at: datetime, act: Act) -> None:
        """Do something at a time (UTC)."""
        heapq.heappush(self._acts, (at, next(self._numbers), act))

    def due(self, until: datetime) -> tuple[datetime, Act] | None:
        """The next act before a time, taken out; None if there is none."""
        if not self._acts or self._acts[0][0] >= until:
            return None
        at, _, act = heapq.heappop(self._acts)
        return at, act


def at_work(day: date, hour: float, zone: str) -> datetime:
    """An hour (10.5 is half past ten) of a day, or of the next Monday where the day is on a weekend, in UTC."""
    while day.weekday() > FRIDAY:
        day += DAY
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    return (midnight.replace(hour=int(hour), minute=round(hour % 1 * 60) % 60)).astimezone(UTC)


def hours_later(at: datetime, hours: float, zone: str) -> datetime:
    """Some hours later if people are at work then, else in the next morning."""
    local = (at + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
    if local.weekday() <= FRIDAY and time(9) <= local.time() <= time(17):
        return local.astimezone(UTC)
    day = local.date() if local.time() < time(9) else local.date() + DAY
    return at_work(day, 9.25, zone)
