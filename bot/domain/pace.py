"""How the product's time runs beside real time: as it is, or faster in a demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import Invalid

FASTEST = 3600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MORNING = time(10)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """From the real instant `began` on the product's time runs from `start`, `speed` times as fast as real time.

    What was before `began` lies before `start` by as much. Invalid for a speed that is not between 1 and 3600.
    """

    began: datetime = _EPOCH
    start: datetime = _EPOCH
    speed: float = 1.0

    def __post_init__(self) -> None:
        if not 1 <= self.speed <= FASTEST:
            raise Invalid(f"--speed is a number from 1 (real time) to {FASTEST} (an hour a second).")

    def product(self, real: datetime) -> datetime:
        """The product's time at a real instant."""
        past = real - self.began
        return self.start + (past * self.speed if past > timedelta() else past)

    def real(self, product: datetime) -> datetime:
        """The real instant of a time of the product."""
        past = product - self.start
        return self.began + (past / self.speed if past > timedelta() else past)


def demo_pace(speed: float, now: datetime, zone: str) -> Pace:
    """A pace that begins now at ten in the morning of the next working day (today if it is one), in a zone."""
    day = now.astimezone(ZoneInfo(zone)).date()
    start = datetime.combine(_working_day(day), _MORNING, ZoneInfo(zone)).astimezone(UTC)
    return Pace(now, start, speed)


def _working_day(day: date) -> date:
    while day.weekday() > _FRIDAY:
        day += timedelta(days=1)
    return day
