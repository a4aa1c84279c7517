"""The SLA both ways: when a notice may go out, how a clock stands, and a clock in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.clock import Clock
from bot.domain.hours import Calendar
from bot.domain.ledger import (
    AIMS,
    LATE_ON_ARRIVAL,
    LONGEST_S,
    RUNS,
    ClockKind,
    Entry,
    Judgement,
    Stage,
    StageKind,
    Step,
    last_of,
    last_turn,
)
from bot.domain.people import Side
from bot.domain.targets import WORKING_DAY_S, Priority, Targets

__all__ = [
    "LATE_ON_ARRIVAL", "LONGEST_S", "WAITING_FOR_REQUESTER", "WORKING_DAY_S",
    "Clock", "ClockKind", "Entry", "Judgement", "Priority", "Side", "Stage", "StageKind", "Standing", "Step",
    "Targets", "explain", "notice_at", "standing",
]  # fmt: skip

WAITING_FOR_REQUESTER = "waiting for requester"

_UNITS = ((WORKING_DAY_S, "working days"), (3600, "h"), (60, "min"), (1, "s"))
SIDE_WORDS = {Side.IT: "IT", Side.MARKETING: "marketing"}


class Standing(StrEnum):
    """How a clock stands; outside hours is not the same as paused."""

    RUNNING = "running"
    OUTSIDE_HOURS = "outside working hours"
    PAUSED = "paused"
    MET = "met"
    CANCELLED = "cancelled"


def notice_at(stage: StageKind, priority: Priority, receiver: Calendar, now: datetime) -> datetime:
    """When to send a notice: in the receiver's hours, and the breach of an urgent ticket at once."""
    at_once = stage is StageKind.BREACH and priority is Priority.URGENT
    return now if at_once else receiver.next_open(now)


def standing(clock: Clock, calendar: Calendar, at: datetime) -> Standing:
    """How the clock, as it is known now, stands at `at`."""
    if not clock.is_open:
        return Standing(last_turn(clock.ledger).what)
    if clock.is_paused:
        return Standing.PAUSED
    return Standing.RUNNING if calendar.is_open(at) else Standing.OUTSIDE_HOURS


def explain(clock: Clock, calendar: Calendar) -> tuple[str, ...]:
    """The ledger in words, a line per entry: when (calendar's zone), what, why, what is left, who owes it."""
    owed = f"{SIDE_WORDS[clock.owed_by]} owes the {_words(clock.kind)}"
    return tuple(f"{_local(one.at, calendar)}: {one.what}; {one.left}; {owed}" for one in told(clock, calendar))


class Told(NamedTuple):
    """A line of a ledger in words: when, what and why, and what was left then."""

    at: datetime
    what: str
    left: str


def told(clock: Clock, calendar: Calendar) -> tuple[Told, ...]:
    """The ledger in words, a line per entry."""
    lines = range(1, len(clock.ledger) + 1)
    return tuple(_line(_first(clock, number), calendar) for number in lines)


def left_words(seconds: float) -> str:
    """Working time that is left, or by how much it is over: 1 h 30 min left, 20 min over."""
    return f"{duration(seconds)} left" if seconds >= 0 else f"{duration(-seconds)} over"


def _first(clock: Clock, number: int) -> Clock:
    """The clock as it was after so many entries."""
    ledger = clock.ledger[:number]
    aim = last_of(AIMS, ledger)
    return replace(clock, ledger=ledger, target_s=aim.target_s or clock.target_s, fixed_due=aim.fixed_due)


def _line(clock: Clock, calendar: Calendar) -> Told:
    entry = clock.ledger[-1]
    why = f" ({entry.reason})" if entry.reason else ""
    left = clock.remaining(calendar, entry.at)
    return Told(entry.at, f"{_what(entry, clock, calendar)}{why}", left_words(left))


def _what(entry: Entry, clock: Clock, calendar: Calendar) -> str:
    if entry.what is Step.MET:
        return "met in time" if clock.judged(calendar) is Judgement.MET else "met late"
    if entry.what is Step.WARNED:
        return f"warned at {entry.share} %"
    what = entry.what.value
    if entry.what in AIMS:
        due = f", due {_local(entry.fixed_due, calendar)}" if entry.fixed_due else ""
        what += f" with a target of {duration(clock.target_s)}{due}"
    if entry.what in RUNS and not calendar.is_open(entry.at):
        what += f", outside working hours until {_local(calendar.next_open(entry.at), calendar)}"
    return what


def _local(at: datetime, calendar: Calendar) -> str:
    there = at.astimezone(ZoneInfo(calendar.zone))
    return f"{there:%a} {there.day} {there:%b %Y %H:%M %Z}"


def duration(seconds: float) -> str:
    """Whole seconds in at most two units, the smaller rounded down: 2 working days 3 h, 1 h 30 min, 0 s."""
    left, parts = int(seconds), []
    for size, unit in _UNITS if left > WORKING_DAY_S else _UNITS[1:]:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2]).replace("1 working days", "1 working day") or "0 s"


def _words(kind: ClockKind) -> str:
    return kind.value.replace("_", " ")
