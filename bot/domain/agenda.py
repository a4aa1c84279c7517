"""The weekly sync agenda: when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATEST = timedelta(days=2)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekly date of a channel: its local name (`2026-W47`) and its instant in UTC."""

    name: str
    at: datetime

    def is_too_old(self, now: datetime) -> bool:
        """An agenda missed by more than two days is dropped."""
        return now - self.at > LATEST


def latest_slot(now: datetime, zone: ZoneInfo, weekday: int, hour: int) -> Slot:
    """The last weekly date at or before `now`. Named by the local week, so that no change of clocks doubles it."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - weekday) % 7)
    slot = _slot(day.isocalendar(), datetime.combine(day, time(hour), zone))
    if slot.at > now:
        earlier = day - WEEK
        slot = _slot(earlier.isocalendar(), datetime.combine(earlier, time(hour), zone))
    return slot


def next_slot(now: datetime, zone: ZoneInfo, weekday: int, hour: int) -> Slot:
    """The first weekly date after `now`."""
    local = latest_slot(now, zone, weekday, hour).at.astimezone(zone)
    day = local.date() + WEEK
    return _slot(day.isocalendar(), datetime.combine(day, time(hour), zone))


def _slot(week: tuple[int, int, int], at: datetime) -> Slot:
    return Slot(f"{week[0]}-W{week[1]:02d}", at.astimezone(UTC))
