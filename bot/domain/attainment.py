"""How well the SLA was kept in a period: which clocks were in time, which late, which still open, and how long it took.

A clock counts in the period in which it was decided: when it was met in time, or when its due time passed. So it
counts once, and what is done later about a late one does not move it. Everything is judged by the events' own times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from bot.domain.clock import Clock
from bot.domain.hours import Calendar
from bot.domain.ledger import AIMS, ClockKind, Step, last_of, last_turn
from bot.domain.months import Period
from bot.domain.people import Side

KINDS = tuple(ClockKind)


class Outcome(StrEnum):
    """What became of a clock in a period. At short notice: too late already when IT was told; it was not in time."""

    IN_TIME = "in time"
    LATE = "late"
    SHORT_NOTICE = "short notice"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one clock of a ticket (by number) in a period.

    at: when it was decided, None while it is open. due: None while a pause leaves it open. taken_s: working seconds
    until it was met, None if it was not met, and of a lead time, which is no stretch of work. why: what changed its
    course before that, in words. person: who owed it.
    """

    number: int
    kind: ClockKind
    side: Side
    cycle: int
    outcome: Outcome
    started_at: datetime
    at: datetime | None
    due: datetime | None
    taken_s: float | None
    why: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The clocks of one kind and side: how many were in time, late, still open, at short notice, and the working
    seconds they took.
    """

    in_time: int = 0
    late: int = 0
    open: int = 0
    median_s: float | None = None
    p90_s: float | None = None
    short: int = 0

    @property
    def share(self) -> float | None:
        """The part that was in time, 0 to 1, of those decided; None if none was."""
        return self.in_time / self.decided if self.decided else None

    @property
    def decided(self) -> int:
        """How many were in time or not."""
        return self.in_time + self.late + self.short


def judge(number: int, clock: Clock, calendar: Calendar, period: Period, now: datetime) -> Verdict | None:
    """What became of a clock in a period, as it is known `now`; None if it does not count there."""
    decided = _decided(clock, calendar, now)
    if decided is None and not clock.is_open:
        return None
    outcome, at = decided or (Outcome.OPEN, None)
    if at is not None and at >= period.until:
        outcome, at = Outcome.OPEN, None
    began_after = clock.started_at >= period.until
    if began_after or (at is not None and at < period.since):
        return None
    is_work = clock.kind is not ClockKind.LEAD_TIME
    taken = clock.consumed(calendar, last_turn(clock.ledger).at) if at and is_work and _is_met(clock) else None
    why = _why(clock, at) if outcome is Outcome.LATE else ""
    due = clock.due(calendar)
    return Verdict(
        number, clock.kind, clock.owed_by, clock.cycle, outcome, clock.started_at, at, due, taken, why, clock.person
    )


def scores(verdicts: Iterable[Verdict]) -> dict[tuple[Side, ClockKind], Score]:
    """The figures of each side and kind that has any, IT first."""
    found: dict[tuple[Side, ClockKind], list[Verdict]] = {}
    for one in verdicts:
        found.setdefault((one.side, one.kind), []).append(one)
    ordered = sorted(found, key=lambda key: (key[0] is not Side.IT, KINDS.index(key[1])))
    return {key: score(found[key]) for key in ordered}


def score(verdicts: Sequence[Verdict]) -> Score:
    """The figures of some clocks taken together."""
    counts = {outcome: sum(one.outcome is outcome for one in verdicts) for outcome in Outcome}
    taken = sorted(one.taken_s for one in verdicts if one.taken_s is not None)
    return Score(
        counts[Outcome.IN_TIME],
        counts[Outcome.LATE],
        counts[Outcome.OPEN],
        quantile(taken, 0.5),
        quantile(taken, 0.9),
        counts[Outcome.SHORT_NOTICE],
    )


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The value below which a share (0 to 1) of ordered values lies, None of none.

    Linear between the two nearest: type 7 of Hyndman and Fan (1996), as spreadsheets do it (PERCENTILE.INC).
    """
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def by_week(verdicts: Iterable[Verdict], period: Period) -> dict[datetime, list[Verdict]]:
    """The decided clocks by week: the instant at which each week of the period begins, to what was decided in it."""
    decided = [one for one in verdicts if one.at is not None]
    edges = [*period.weeks(), period.until]
    return {
        begin: [one for one in decided if one.at is not None and begin <= one.at < end]
        for begin, end in pairwise(edges)
    }


def _decided(clock: Clock, calendar: Calendar, now: datetime) -> tuple[Outcome, datetime] | None:
    """Whether and when it was decided. A breach is a fact, unless what was owed had been done by then."""
    turn, due = last_turn(clock.ledger), clock.due(calendar)
    end = now if clock.is_open else turn.at
    passed = [entry.at for entry in clock.ledger if entry.what is Step.BREACHED and entry.at < end]
    if due is not None and due < end:
        passed.append(max(due, last_of(AIMS, clock.ledger).at))
    if passed:
        return Outcome.SHORT_NOTICE if clock.is_late_on_arrival else Outcome.LATE, min(passed)
    return (Outcome.IN_TIME, turn.at) if _is_met(clock) else None


def _is_met(clock: Clock) -> bool:
    return last_turn(clock.ledger).what is Step.MET


def _why(clock: Clock, at: datetime | None) -> str:
    """What had changed the clock's course before it was late: pauses and other targets, with their reasons."""
    words = {Step.PAUSED: "paused: {}", Step.RETARGETED: "changed: {}"}
    told = [
        words[entry.what].format(entry.reason)
        for entry in clock.ledger
        if entry.what in words and entry.reason and (at is None or entry.at <= at)
    ]
    return "; ".join(dict.fromkeys(told))
