"""The sweep over clocks that are due: who is told what, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.events import What
from bot.domain.sla import Priority
from bot.services.sla.sla import save_clocks, start_clocks
from bot.services.sla.sweep import look_at_clocks
from tests.builders import (
    IT_MANAGER,
    LIAISON,
    MARKETER,
    TEAM,
    Office,
    a_channel,
    a_tool,
    an_office,
    words,
)

WARNED = "⏳ IT-1: the first answer is due 2026-11-23 13:00. 75 % of the time is used. @liaison"
BREACHED = (
    "⌛ IT-1: the first answer was due 2026-11-23 13:00 and is late. @liaison, "
    "please answer here, or escalate it: ⋯ on its card."
)


@pytest.fixture
def office() -> Office:
    """A workspace in which Klaviyo was mentioned on Monday at nine: a first answer is due at 13:00."""
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    return office


def test_before_three_quarters_of_the_time_nothing_is_said(office: Office) -> None:
    sweep(office, hours=2, minutes=59)
    assert notices(office) == []


def test_the_liaison_is_warned_once_in_the_thread_and_directly(office: Office) -> None:
    for _ in range(3):
        sweep(office, hours=1)
    sweep(office)
    assert notices(office) == [WARNED]
    assert office.direct(LIAISON)[1:] == [WARNED]
    assert office.direct(IT_MANAGER) == []


def test_a_breach_is_told_once_to_the_liaison(office: Office) -> None:
    for _ in range(6):
        sweep(office, hours=1)
    assert notices(office) == [WARNED, BREACHED]
    assert office.direct(LIAISON)[1:] == [WARNED, BREACHED]


def test_a_warning_found_at_night_is_not_sent_in_the_morning_if_it_was_answered_by_then() -> None:
    office = an_office()
    office.wait(hours=4, minutes=30)
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, hours=5)
    office.submits(LIAISON, "answer", {"text": "on it"}, ticket="IT-1")
    sweep(office, hours=15)
    assert notices(office) == []


def test_a_breach_shows_on_the_card(office: Office) -> None:
    sweep(office, hours=5)
    assert "First answer\nby 2026-11-23 13:00 (late)" in words(office.card())


def test_a_late_sweep_tells_only_the_highest_stage(office: Office) -> None:
    sweep(office, hours=6)
    assert notices(office) == [BREACHED]


def test_a_breach_that_is_noticed_late_stands_in_the_log_with_the_time_it_happened(office: Office) -> None:
    sweep(office, hours=6)
    with office.store.unit_of_work() as uow:
        (breach,) = [event for event in uow.log.events(TEAM, 1) if event.what is What.BREACHED]
    assert breach.at == office.clock.at - timedelta(hours=2)


def test_after_a_week_away_each_clock_says_its_breach_and_no_warning(office: Office) -> None:
    sweep(office, days=7)
    assert [line.split(" was due")[0] for line in notices(office)] == [
        "⌛ IT-1: the first answer", "⌛ IT-1: the resolution",
    ]  # fmt: skip


def test_an_answer_in_time_leaves_the_first_clock_silent(office: Office) -> None:
    office.submits(LIAISON, "answer", {"text": "on it"}, ticket="IT-1")
    sweep(office, hours=6)
    assert notices(office) == []


@pytest.mark.parametrize("end", ["resolve", "dismiss"])
def test_a_finished_ticket_is_never_late(office: Office, end: str) -> None:
    if end == "resolve":
        office.submits(LIAISON, "resolve", {"text": "Use Mailchimp."}, ticket="IT-1")
    else:
        office.presses(MARKETER, "dismiss")
    sweep(office, days=30)
    assert notices(office) == []


def test_the_night_and_the_weekend_do_not_count() -> None:
    office = an_office()
    office.clock.at += timedelta(days=4, hours=7)
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, days=2, hours=18)
    assert notices(office) == []
    sweep(office, hours=1)
    assert [line[0] for line in notices(office)] == ["⏳"]


def test_a_wait_for_the_requester_moves_the_resolution_and_not_the_first_answer(office: Office) -> None:
    office.submits(LIAISON, "wait", {"text": "which plan?"}, ticket="IT-1")
    sweep(office, days=1)
    assert notices(office) == [BREACHED]


def test_without_a_liaison_the_manager_is_still_told() -> None:
    office = an_office(a_channel(liaison=""), {})
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, hours=5)
    assert notices(office) == [BREACHED.replace("@liaison", "IT")]


def test_the_liaison_who_is_the_manager_is_told_once() -> None:
    office = an_office(a_channel(liaison=IT_MANAGER))
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, hours=5)
    assert len(office.direct(IT_MANAGER)) == 2


def test_a_reopened_ticket_warns_again_of_what_it_then_owes(office: Office) -> None:
    office.submits(LIAISON, "resolve", {"text": "no"}, ticket="IT-1")
    office.wait(days=15)
    office.presses(MARKETER, "reopen")
    sweep(office, days=10)
    assert [line.split(" was due")[0] for line in notices(office)] == ["⌛ IT-1: the resolution"]


def test_many_due_tickets_are_looked_at_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.sla.sweep.AT_ONCE", 5)
    office = an_office()
    for number in range(6):
        office.types(MARKETER, f"ask what is {number}?")
    office.clock.at += timedelta(hours=5)
    assert look_at_clocks(office.desk)
    assert look_at_clocks(office.desk)
    assert not look_at_clocks(office.desk)
    office.run()
    assert len([line for line in office.direct(LIAISON) if "is late" in line]) == 6


def test_an_urgent_ticket_is_late_after_a_quarter_of_an_hour(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        ticket = uow.tickets.get(TEAM, 1)
        ticket.priority = Priority.URGENT
        uow.tickets.save(ticket)
        save_clocks(uow, ticket, start_clocks(ticket), a_channel())
    sweep(office, minutes=15)
    assert notices(office) == [BREACHED.replace("13:00", "09:15")]


def sweep(office: Office, **after: float) -> None:
    office.wait(**after)
    while look_at_clocks(office.desk):
        continue
    office.run()


def notices(office: Office) -> list[str]:
    return [line for line in office.thread() if line[0] in "⏳⌛"]
