"""SLA clocks, rule by rule."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.hours import Calendar
from bot.domain.sla import (
    WAITING_FOR_REQUESTER,
    WORKING_DAY_S,
    Clock,
    ClockKind,
    Judgement,
    Priority,
    Side,
    Stage,
    StageKind,
    Standing,
    Step,
    notice_at,
    standing,
)
from tests.support.berlin_clocks import HOUR, OFFICE, at, resolution, response

# --- running, pausing, stopping -----------------------------------------------------------------------------


def test_first_response_runs_from_the_tickets_creation_and_is_met_by_the_first_answer() -> None:
    clock = response()
    assert clock.started_at == at(16, 9)
    assert clock.due(OFFICE) == at(16, 13)
    met = clock.meet(at(16, 12), "answered")
    assert not met.is_open
    assert met.judged(OFFICE) is Judgement.MET
    assert met.remaining(OFFICE, at(20, 12)) == HOUR


def test_first_response_is_not_paused_by_its_owing_sides_own_status_change() -> None:
    clock = response()
    assert clock.pause(at(16, 10), "waiting", by=Side.IT) is clock
    assert clock.pause(at(16, 10), "holiday of the office", by=Side.MARKETING).is_paused
    assert resolution().pause(at(16, 10), "waiting", by=Side.IT).is_paused


def test_next_response_starts_at_the_oldest_unanswered_message_and_an_answer_ends_its_cycle() -> None:
    first = Clock.start(ClockKind.NEXT_RESPONSE, Side.IT, HOUR, at(16, 9))
    assert first.again(at(16, 9, 30)) is first
    answered = first.meet(at(16, 9, 45))
    second = answered.again(at(16, 11), "asked again")
    assert (second.cycle, second.started_at, second.is_open) == (2, at(16, 11), True)
    assert second.due(OFFICE) == at(16, 12)


def test_a_resolution_counts_closed_time_as_a_pause_when_reopened() -> None:
    reopened = resolution().meet(at(16, 11), "closed").reopen(at(18, 9), "not solved")
    assert reopened.is_open
    assert reopened.consumed(OFFICE, at(18, 10)) == 3 * HOUR
    assert reopened.due(OFFICE) == at(18, 15)
    assert reopened.meet(at(18, 16)).judged(OFFICE) is Judgement.LATE


def test_a_late_reopening_starts_a_new_cycle_of_the_resolution() -> None:
    new = resolution().meet(at(16, 11)).again(at(30, 9), "reopened")
    assert (new.cycle, new.consumed(OFFICE, at(30, 10)), new.target_s) == (2, HOUR, 8 * HOUR)


def test_a_brief_is_owed_by_marketing_while_the_clock_of_it_waits_for_the_requester() -> None:
    brief = Clock.start(ClockKind.BRIEF, Side.MARKETING, WORKING_DAY_S, at(16, 11))
    waiting = resolution().pause(at(16, 11), WAITING_FOR_REQUESTER)
    assert brief.due(OFFICE) == at(17, 11)
    assert waiting.remaining(OFFICE, at(20, 11)) == 6 * HOUR
    assert waiting.ledger[-1].reason == "waiting for requester"
    assert brief.meet(at(17, 11)).judged(OFFICE) is Judgement.MET


def test_a_sign_off_is_owed_by_the_asked_persons_side_from_the_asking_to_the_answer() -> None:
    asked = Clock.start(ClockKind.SIGN_OFF, Side.MARKETING, 2 * WORKING_DAY_S, at(16, 9), "asked for a yes")
    assert asked.owed_by is Side.MARKETING
    assert asked.meet(at(18, 9), "answered").judged(OFFICE) is Judgement.LATE
    assert asked.meet(at(17, 17), "answered").judged(OFFICE) is Judgement.MET


def test_a_paused_clock_does_not_run_and_its_due_time_moves_by_working_time_only() -> None:
    paused = response().pause(at(16, 12), WAITING_FOR_REQUESTER)
    assert paused.is_paused
    assert paused.due(OFFICE) is None
    assert paused.next_stage(OFFICE) is None
    resumed = paused.resume(at(17, 8))
    assert resumed.consumed(OFFICE, at(17, 9)) == 3 * HOUR
    assert resumed.due(OFFICE) == at(17, 10)


def test_a_paused_clock_has_no_next_stage_before_its_share_is_reached() -> None:
    assert response().pause(at(16, 11), "vendor").next_stage(OFFICE) is None


def test_outside_hours_is_not_a_pause() -> None:
    clock = response()
    assert standing(clock, OFFICE, at(16, 10)) is Standing.RUNNING
    assert standing(clock, OFFICE, at(16, 20)) is Standing.OUTSIDE_HOURS
    assert standing(clock.pause(at(16, 10), "vendor"), OFFICE, at(16, 20)) is Standing.PAUSED
    assert standing(clock.meet(at(16, 10)), OFFICE, at(16, 20)) is Standing.MET
    assert not clock.is_paused


def test_a_merged_tickets_clocks_are_cancelled_and_not_met() -> None:
    merged = response().cancel(at(16, 10), "merged into IT-7")
    assert not merged.is_open
    assert merged.judged(OFFICE) is None
    assert merged.next_stage(OFFICE) is None
    assert standing(merged, OFFICE, at(16, 11)) is Standing.CANCELLED


# --- targets and calendars change ---------------------------------------------------------------------------


def test_a_priority_change_keeps_what_elapsed() -> None:
    raised = resolution().retarget(4 * HOUR, at(16, 11), "priority: urgent")
    assert raised.consumed(OFFICE, at(16, 11)) == 2 * HOUR
    assert raised.remaining(OFFICE, at(16, 11)) == 2 * HOUR
    assert raised.due(OFFICE) == at(16, 13)


def test_a_priority_change_may_breach_at_once_with_one_event_that_tells_the_reason() -> None:
    raised = resolution().retarget(HOUR, at(16, 12), "priority: urgent")
    assert raised.next_stage(OFFICE) == Stage(at(16, 12), StageKind.BREACH, 100)
    breached = raised.breach(at(16, 12))
    assert breached.next_stage(OFFICE) is None
    assert breached.ledger[-2].reason == "priority: urgent"


def test_a_new_target_warns_anew() -> None:
    warned = resolution().warn(75, at(16, 15)).retarget(16 * HOUR, at(16, 15), "priority: normal")
    assert warned.next_stage(OFFICE) == Stage(at(17, 13), StageKind.WARNING, 75)


def test_an_edited_calendar_moves_open_clocks_and_leaves_stopped_ones() -> None:
    short = Calendar("Europe/Berlin", {day: [("09:00", "12:00")] for day in ("mon", "tue", "wed")})
    clock = response()
    assert clock.recount(2).calendar_version == 2
    assert clock.recount(2).due(short) == at(17, 10)
    stopped = clock.meet(at(16, 12))
    assert stopped.recount(2) is stopped
    assert stopped.retarget(HOUR, at(17, 9), "policy 2") is stopped
    assert stopped.due(OFFICE) == at(16, 13)


# --- warnings and breaches ----------------------------------------------------------------------------------


def test_a_warning_comes_at_its_share_of_the_target() -> None:
    assert response().next_stage(OFFICE) == Stage(at(16, 12), StageKind.WARNING, 75)
    warned = response().warn(75, at(16, 12))
    assert warned.next_stage(OFFICE) == Stage(at(16, 13), StageKind.BREACH, 100)
    assert warned.warn(75, at(16, 12)) is warned


def test_of_several_passed_shares_only_the_highest_is_told() -> None:
    clock = response(shares=(50, 75, 90))
    assert clock.next_stage(OFFICE) == Stage(at(16, 11), StageKind.WARNING, 50)
    assert clock.next_stage(OFFICE, now=at(16, 12, 5)) == Stage(at(16, 12), StageKind.WARNING, 75)
    assert clock.next_stage(OFFICE, now=at(16, 14)) == Stage(at(16, 13), StageKind.BREACH, 100)
    warned = clock.warn(75, at(16, 12, 5))
    assert warned.warn(50, at(16, 12, 6)) is warned
    assert warned.next_stage(OFFICE) == Stage(at(16, 12, 36), StageKind.WARNING, 90)


def test_a_jump_over_several_shares_by_a_stricter_target_gives_the_highest() -> None:
    clock = Clock.start(ClockKind.RESOLUTION, Side.IT, 24 * HOUR, at(16, 9), shares=(50, 75))
    jumped = clock.retarget(5 * HOUR, at(16, 13), "priority: urgent")
    assert jumped.next_stage(OFFICE) == Stage(at(16, 13), StageKind.WARNING, 75)


def test_a_breach_is_never_withdrawn_by_a_later_pause() -> None:
    paused = response().breach(at(16, 13)).pause(at(16, 14), "vendor")
    assert paused.is_breached
    assert paused.due(OFFICE) == at(16, 13)
    assert paused.resume(at(17, 9)).is_breached


def test_a_breach_before_a_pause_is_still_told_by_a_late_sweep() -> None:
    paused = response().pause(at(16, 14), "vendor")
    assert paused.next_stage(OFFICE, now=at(16, 15)) == Stage(at(16, 13), StageKind.BREACH, 100)


def test_a_breach_comes_once_per_clock_and_target_and_again_only_for_a_stricter_one() -> None:
    breached = response().breach(at(16, 13))
    assert breached.breach(at(16, 14)) is breached
    looser = breached.retarget(8 * HOUR, at(16, 14), "priority: low")
    assert looser.next_stage(OFFICE) is None
    stricter = looser.retarget(HOUR, at(16, 15), "priority: urgent")
    assert stricter.next_stage(OFFICE) == Stage(at(16, 15), StageKind.BREACH, 100)
    again = stricter.breach(at(16, 15))
    assert [entry.target_s for entry in again.ledger if entry.what is Step.BREACHED] == [4 * HOUR, HOUR]


@pytest.mark.parametrize(
    "answered, judgement",
    [(at(16, 13), Judgement.MET), (at(16, 13, 1), Judgement.LATE), (at(16, 18), Judgement.LATE)],
)
def test_a_clock_is_judged_by_the_events_own_time(answered: datetime, judgement: Judgement) -> None:
    assert response().meet(answered).judged(OFFICE) is judgement


def test_an_answer_in_time_is_met_even_if_the_sweep_looked_first() -> None:
    overtaken = response().breach(at(16, 13)).meet(at(16, 12, 59))
    assert overtaken.judged(OFFICE) is Judgement.MET
    assert overtaken.is_breached


def test_an_answer_told_after_a_later_pause_stops_the_clock_at_its_own_time() -> None:
    clock = response().pause(at(16, 12), "vendor").meet(at(16, 10))
    assert clock.consumed(OFFICE, at(17, 10)) == HOUR
    assert clock.due(OFFICE) == at(16, 13)


def test_a_clock_that_ends_at_closing_time_is_late_in_the_evening() -> None:
    clock = response(8 * HOUR)
    assert clock.meet(at(16, 17)).judged(OFFICE) is Judgement.MET
    assert clock.meet(at(16, 19)).judged(OFFICE) is Judgement.LATE


def test_an_open_clock_is_not_judged() -> None:
    assert response().breach(at(16, 13)).judged(OFFICE) is None


def test_remaining_time_is_negative_once_overdue() -> None:
    assert response().remaining(OFFICE, at(16, 15)) == -2 * HOUR


def test_notices_wait_for_the_receivers_hours_except_an_urgent_breach() -> None:
    night = at(16, 22)
    assert notice_at(StageKind.WARNING, Priority.URGENT, OFFICE, night) == at(17, 9)
    assert notice_at(StageKind.BREACH, Priority.HIGH, OFFICE, night) == at(17, 9)
    assert notice_at(StageKind.BREACH, Priority.URGENT, OFFICE, night) == night
