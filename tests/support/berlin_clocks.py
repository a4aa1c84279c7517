"""Clocks of a ticket opened on a Monday at nine in Berlin."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.hours import Calendar
from bot.domain.sla import Clock, ClockKind, Side

HOUR = 3600
OFFICE = Calendar.office("Europe/Berlin")


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time in Berlin in November 2026; the 16th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


def response(target_s: float = 4 * HOUR, shares: tuple[int, ...] = (75,)) -> Clock:
    """The first response that IT owes, in working seconds."""
    return Clock.start(ClockKind.FIRST_RESPONSE, Side.IT, target_s, at(16, 9), "ticket opened", shares=shares)


def resolution(target_s: float = 8 * HOUR) -> Clock:
    """The resolution that IT owes, in working seconds."""
    return Clock.start(ClockKind.RESOLUTION, Side.IT, target_s, at(16, 9), "ticket opened")
