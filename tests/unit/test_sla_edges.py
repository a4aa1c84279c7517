"""SLA clocks: lead times, what is refused, targets by priority, words and storage."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.errors import Invalid
from bot.domain.sla import (
    LATE_ON_ARRIVAL,
    WAITING_FOR_REQUESTER,
    WORKING_DAY_S,
    Clock,
    ClockKind,
    Judgement,
    Priority,
    Side,
    Stage,
    StageKind,
    Targets,
    explain,
)
from tests.support.berlin_clocks import HOUR, OFFICE, at, resolution, response


def lead(told: datetime, campaign: datetime | None = None) -> Clock:
    return Clock.lead_time(campaign or at(30, 9), 5 * WORKING_DAY_S, OFFICE, told)


# --- lead time ----------------------------------------------------------------------------------------------


def test_a_lead_time_is_due_its_working_time_before_the_campaign_starts() -> None:
    clock = lead(told=at(16, 9))
    assert clock.owed_by is Side.MARKETING
    assert clock.due(OFFICE) == clock.fixed_due == at(23, 9)
    assert clock.remaining(OFFICE, at(20, 9)) == WORKING_DAY_S
    assert clock.next_stage(OFFICE) == Stage(at(19, 15), StageKind.WARNING, 75)


def test_no_pause_extends_a_lead_time() -> None:
    paused = lead(told=at(16, 9)).pause(at(17, 9), "agency on holiday").resume(at(19, 9))
    assert paused.due(OFFICE) == at(23, 9)
    assert paused.consumed(OFFICE, at(20, 9)) == 4 * WORKING_DAY_S
    assert paused.meet(at(23, 10)).judged(OFFICE) is Judgement.LATE


def test_a_lead_time_moves_when_the_start_moves() -> None:
    moved = lead(told=at(16, 9)).move(at(27, 9), 5 * WORKING_DAY_S, OFFICE, at(17, 9), "campaign moved")
    assert moved.due(OFFICE) == at(20, 9)
    assert moved.move(at(27, 9), 5 * WORKING_DAY_S, OFFICE, at(18, 9), "told twice") is moved
    assert not moved.is_late_on_arrival


def test_a_moved_lead_time_may_be_breached_anew() -> None:
    moved = lead(told=at(16, 9)).breach(at(23, 9)).move(at(30, 17), 4 * WORKING_DAY_S, OFFICE, at(23, 10), "moved")
    stage = moved.next_stage(OFFICE, now=at(30, 9))
    assert stage == Stage(at(25, 9), StageKind.BREACH, 100)


def test_a_lead_time_already_past_is_late_on_arrival_recorded_without_alarm() -> None:
    late = lead(told=at(25, 10))
    assert late.is_late_on_arrival
    assert LATE_ON_ARRIVAL in late.ledger[0].reason
    assert late.next_stage(OFFICE, now=at(26, 10)) is None
    assert late.meet(at(25, 11)).judged(OFFICE) is Judgement.LATE
    earlier = lead(told=at(16, 9)).move(at(17, 9), WORKING_DAY_S, OFFICE, at(16, 15), "campaign moved")
    assert earlier.ledger[-1].reason == "campaign moved; short notice"


# --- verbs twice, and nonsense ------------------------------------------------------------------------------


def test_a_verb_said_twice_changes_nothing() -> None:
    clock = response()
    paused, met = clock.pause(at(16, 10), "vendor"), clock.meet(at(16, 10))
    assert clock.resume(at(16, 10)) is clock
    assert clock.reopen(at(16, 10)) is clock
    assert clock.retarget(4 * HOUR, at(16, 10), "same") is clock
    assert paused.pause(at(16, 11), "vendor") is paused
    for again in (met.meet, met.cancel, met.resume):
        assert again(at(16, 11)) is met
    assert met.pause(at(16, 11), "vendor") is met
    assert met.breach(at(16, 11)) is met
    assert met.warn(75, at(16, 11)) is met


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: response(0),
        lambda: response(-1),
        lambda: response(float("nan")),
        lambda: response(400 * 86_400 + 1),
        lambda: response().retarget(0, at(16, 10), "none"),
        lambda: response(shares=(0,)),
        lambda: response(shares=(100,)),
        lambda: response().warn(50, at(16, 10)),
        lambda: response().pause(at(16, 8), "before the start"),
        lambda: response().meet(at(16, 8)),
        lambda: response().retarget(HOUR, at(16, 8), "before the start"),
        lambda: response().pause(at(16, 10), "vendor").resume(at(16, 9, 30)),
        lambda: response().meet(at(16, 10)).reopen(at(16, 9, 30)),
        lambda: Clock.start(ClockKind.LEAD_TIME, Side.MARKETING, HOUR, at(16, 9)),
        lambda: Clock.start(ClockKind.BRIEF, Side.MARKETING, HOUR, at(16, 9), fixed_due=at(17)),
        lambda: lead(at(16, 9)).retarget(HOUR, at(16, 10), "policy"),
        lambda: response().move(at(30, 9), HOUR, OFFICE, at(16, 10), "moved"),
        lambda: lead(at(16, 9)).move(at(30, 9), 0, OFFICE, at(16, 10), "moved"),
        lambda: Clock(ClockKind.BRIEF, Side.MARKETING, HOUR, ()),
        lambda: response().meet(datetime(2026, 11, 16, 10)),  # noqa: DTZ001 - the naive time is the point
    ],
)
def test_nonsense_is_refused_with_words(nonsense: Callable[[], Clock]) -> None:
    with pytest.raises(Invalid) as refused:
        nonsense()
    assert refused.value.words.endswith(".")


def test_four_hundred_days_are_the_longest_target() -> None:
    assert response(400 * 86_400).target_s == 400 * 86_400


# --- targets, words, storage --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "priority, responds, resolves",
    [
        (Priority.URGENT, at(16, 9, 15), at(16, 13)),
        (Priority.HIGH, at(16, 10), at(16, 17)),
        (Priority.NORMAL, at(16, 13), at(18, 17)),
        (Priority.LOW, at(16, 17), at(20, 17)),
    ],
)
def test_the_default_targets_of_a_priority(priority: Priority, responds: datetime, resolves: datetime) -> None:
    targets = Targets()
    assert OFFICE.add(at(16, 9), targets.of(ClockKind.FIRST_RESPONSE, priority)) == responds
    assert OFFICE.add(at(16, 9), targets.of(ClockKind.NEXT_RESPONSE, priority)) == responds
    assert OFFICE.add(at(16, 9), targets.of(ClockKind.RESOLUTION, priority)) == resolves


def test_a_kind_without_targets_by_priority_is_refused() -> None:
    with pytest.raises(Invalid, match="lead time has no target"):
        Targets().of(ClockKind.LEAD_TIME, Priority.LOW)


def test_a_clock_explains_itself_line_by_line() -> None:
    clock = (
        response(10 * HOUR)
        .pause(at(16, 11), WAITING_FOR_REQUESTER)
        .resume(at(16, 18), "the requester answered")
        .retarget(4 * HOUR, at(17, 10), "priority: normal")
        .warn(75, at(17, 10))
        .breach(at(17, 11))
        .meet(at(17, 11, 30), "answered")
    )
    owed = "; IT owes the first response"
    assert explain(clock, OFFICE) == (
        f"Mon 16 Nov 2026 09:00 CET: started with a target of 1 working day 2 h (ticket opened); "
        f"1 working day 2 h left{owed}",
        f"Mon 16 Nov 2026 11:00 CET: paused (waiting for requester); 8 h left{owed}",
        f"Mon 16 Nov 2026 18:00 CET: resumed, outside working hours until Tue 17 Nov 2026 09:00 CET "
        f"(the requester answered); 8 h left{owed}",
        f"Tue 17 Nov 2026 10:00 CET: retargeted with a target of 4 h (priority: normal); 1 h left{owed}",
        f"Tue 17 Nov 2026 10:00 CET: warned at 75 %; 1 h left{owed}",
        f"Tue 17 Nov 2026 11:00 CET: breached; 0 s left{owed}",
        f"Tue 17 Nov 2026 11:30 CET: met late (answered); 30 min over{owed}",
    )


def test_a_lead_time_explains_when_it_is_due() -> None:
    line = explain(lead(told=at(16, 9)), OFFICE)[0]
    assert "due Mon 23 Nov 2026 09:00 CET (campaign announced)" in line
    assert line.endswith("5 working days left; marketing owes the lead time")


@pytest.mark.parametrize(
    "clock",
    [
        response(shares=(50, 90)).warn(50, at(16, 11)).pause(at(16, 12), "vendor").resume(at(17, 9)).meet(at(17, 10)),
        resolution().breach(at(16, 17)).retarget(HOUR, at(17, 9), "urgent").recount(3),
        lead(told=at(16, 9)).move(at(27, 9), 2 * WORKING_DAY_S, OFFICE, at(17, 9), "moved").cancel(at(18, 9)),
        resolution().meet(at(16, 10)).again(at(30, 9)),
    ],
)
def test_a_clock_survives_json(clock: Clock) -> None:
    assert Clock.from_dict(json.loads(json.dumps(clock.to_dict()))) == clock


@pytest.mark.parametrize("change", [{"kind": "nap"}, {"ledger": []}, {"ledger": [{}]}, {"target_s": "4 h"}])
def test_json_that_is_no_clock_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        Clock.from_dict(response().to_dict() | change)


def test_times_are_kept_in_utc() -> None:
    assert all(entry.at.tzinfo is UTC for entry in response().pause(at(16, 10), "vendor").ledger)
