"""How well the SLA was kept: what counts in which month, as what, and the figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.attainment import Outcome, Score, Verdict, by_week, judge, quantile, score, scores
from bot.domain.hours import Calendar
from bot.domain.months import Month
from bot.domain.people import Side
from bot.domain.sla import Clock, ClockKind

HOUR = 3600
OFFICE = Calendar.office("UTC")
NOVEMBER, DECEMBER = (Month(2026, number).period(ZoneInfo("UTC")) for number in (11, 12))
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = datetime(2027, 2, 1, tzinfo=UTC)


def at(hour: float, day: int = 0) -> datetime:
    """Some hours after nine o'clock on a day counted from that Monday."""
    return MONDAY + timedelta(days=day, hours=hour)


def a_clock(start: datetime = MONDAY, target_h: float = 4, kind: ClockKind = ClockKind.RESOLUTION) -> Clock:
    """A clock of IT's."""
    return Clock.start(kind, Side.IT, target_h * HOUR, start, person="liaison")


def november(clock: Clock, now: datetime = LATER) -> Verdict | None:
    return judge(1, clock, OFFICE, NOVEMBER, now)


def outcome(clock: Clock, now: datetime = LATER) -> str:
    found = november(clock, now)
    return found.outcome if found else "not counted"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (a_clock().meet(at(3)), "in time"),
        (a_clock().meet(at(4)), "in time"),
        (a_clock().meet(at(4.001)), "late"),
        (a_clock(), "late"),
        (a_clock().breach(at(4)), "late"),
        (a_clock().breach(at(4)).meet(at(3)), "in time"),
        (a_clock().breach(at(4)).retarget(8 * HOUR, at(5), "priority is low").meet(at(6)), "late"),
        (a_clock().pause(at(1), "waiting for requester"), "open"),
        (a_clock().cancel(at(1)), "not counted"),
        (a_clock().cancel(at(6)), "late"),
        (a_clock(at(0, 40)), "not counted"),
        (a_clock(at(0, -40)).meet(at(1, -40)), "not counted"),
        (a_clock(at(7, 7), 4).meet(at(1, 8)), "open"),
    ],
    ids=[
        "met before it was due",
        "met on the dot",
        "met a moment late",
        "never met",
        "breached and never met",
        "answered in time, heard of after the breach was noted",
        "a breach is not taken back by a kinder target",
        "paused",
        "withdrawn before it was due",
        "withdrawn when it was late already",
        "begun after the month",
        "over before the month",
        "due and met in the next month",
    ],
)
def test_a_clock_is_judged_by_what_happened_when(clock: Clock, expected: str) -> None:
    assert outcome(clock) == expected


def test_a_due_time_that_is_still_to_come_makes_nothing_late() -> None:
    assert outcome(a_clock(), now=at(4)) == "open"
    assert outcome(a_clock(), now=at(4) + timedelta(seconds=1)) == "late"


def test_a_late_clock_counts_once_in_the_month_it_was_due() -> None:
    clock = a_clock(at(7, 5)).breach(at(3, 7)).meet(at(5, 12))
    assert outcome(clock) == "late"
    assert judge(1, clock, OFFICE, DECEMBER, LATER) is None


def test_what_is_met_in_the_next_month_counts_there_with_all_its_time() -> None:
    clock = a_clock(at(7, 7)).meet(at(2, 8))
    found = judge(1, clock, OFFICE, DECEMBER, LATER)
    assert found is not None
    assert (found.outcome, found.taken_s) == (Outcome.IN_TIME, 3 * HOUR)


def test_time_is_counted_in_working_hours_without_pauses() -> None:
    clock = a_clock(target_h=16).pause(at(1), "waiting for vendor").resume(at(5)).meet(at(1, 1))
    found = november(clock)
    assert found is not None
    assert found.taken_s == 5 * HOUR


def test_a_breach_says_what_changed_its_course() -> None:
    clock = a_clock().pause(at(1), "waiting for requester").resume(at(2)).retarget(2 * HOUR, at(2), "priority is high")
    found = november(clock.meet(at(7)).reopen(at(7), "reopened"))
    assert found is not None
    assert (found.outcome, found.person) == (Outcome.LATE, "liaison")
    assert found.why == "paused: waiting for requester; changed: priority is high"


def test_a_campaign_told_too_late_came_at_short_notice_and_took_no_working_time() -> None:
    lead = Clock.lead_time(at(1, 1), 16 * HOUR, OFFICE, at(0))
    found = november(lead.meet(at(1)))
    assert found is not None
    assert (found.side, found.outcome, found.at) == (Side.MARKETING, Outcome.SHORT_NOTICE, at(0))
    assert (found.taken_s, score([found]).share) == (None, 0.0)


def a_verdict(taken_h: float | None = None, outcome: Outcome = Outcome.IN_TIME, side: Side = Side.IT) -> Verdict:
    taken = None if taken_h is None else taken_h * HOUR
    decided = None if outcome is Outcome.OPEN else MONDAY
    return Verdict(1, ClockKind.BRIEF, side, 1, outcome, MONDAY, decided, MONDAY, taken)


def test_the_score_leaves_out_what_is_not_decided() -> None:
    found = score([a_verdict(1), a_verdict(2), a_verdict(9, Outcome.LATE), a_verdict(outcome=Outcome.OPEN)])
    assert (found.in_time, found.late, found.open) == (2, 1, 1)
    assert found.share == pytest.approx(2 / 3)
    assert found.median_s == 2 * HOUR
    assert found.p90_s == pytest.approx(7.6 * HOUR)


def test_of_nothing_there_is_no_share_and_no_median() -> None:
    assert score([]) == Score()
    assert Score().share is None


def test_the_sides_are_told_apart_and_it_comes_first() -> None:
    found = scores([a_verdict(side=Side.MARKETING), a_verdict(outcome=Outcome.LATE)])
    assert [(side, each.late) for (side, _), each in found.items()] == [(Side.IT, 1), (Side.MARKETING, 0)]


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [((), 0.5, None), ((7,), 0.9, 7), ((1, 2), 0.5, 1.5), ((1, 2, 3, 4), 0.9, 3.7), (tuple(range(11)), 0.9, 9)],
)
def test_quantiles_lie_between_the_nearest_values(values: tuple[float, ...], share: float, expected: object) -> None:
    assert quantile(values, share) == (None if expected is None else pytest.approx(expected))


def test_every_week_of_the_month_has_its_bar_even_an_empty_one() -> None:
    weeks = by_week([a_verdict(), a_verdict(outcome=Outcome.OPEN)], NOVEMBER)
    assert [(begin.day, len(found)) for begin, found in weeks.items()] == [
        (1, 0), (2, 0), (9, 0), (16, 0), (23, 1), (30, 0),
    ]  # fmt: skip
