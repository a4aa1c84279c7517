"""A ladder with gaps: rungs nobody stands on, people who left or are out of office."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.people import Role
from tests.builders import (
    ADMIN,
    CIO,
    ENGINEER,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    TEAM,
    Office,
    an_office,
)
from tests.support.ladders import LADDERS, escalate, sweep, with_a_ticket


@pytest.fixture
def office() -> Office:
    """A workspace with whole ladders, in which Klaviyo was mentioned on Monday at nine."""
    return with_a_ticket(an_office(holders=LADDERS))


def test_a_manager_who_left_is_skipped_and_the_admin_is_told(office: Office) -> None:
    office.chat.people[IT_MANAGER] = replace(office.chat.people[IT_MANAGER], is_gone=True)
    escalate(office, MARKETER)
    assert len(office.direct(CIO)) == 1
    assert office.direct(ADMIN) == [
        "IT-1 should go to the IT manager, but @it-manager left the workspace. I asked @cio instead. "
        "Please name somebody with /itcheck people."
    ]


def test_a_manager_who_leaves_while_they_have_it_is_followed_by_the_next_manager(office: Office) -> None:
    escalate(office, MARKETER)
    del office.chat.people[IT_MANAGER]
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.IT_MANAGER, (IT_MANAGER, ENGINEER))
    sweep(office, hours=4)
    assert len(office.direct(ENGINEER)) == 1
    assert "⬆️ @it-manager left the workspace, so @engineer is asked" in office.thread()[-1]


def test_without_managers_it_is_parked_until_one_is_named() -> None:
    office = with_a_ticket(an_office(holders={Role.ADMIN: (ADMIN,)}))
    escalate(office, MARKETER)
    assert office.thread()[-1] == (
        "⬆️ This should go further up (it is stuck), but nobody is named as IT manager or CIO. @liaison still has it."
    )
    assert "nobody holds that role. It waits for that. Please name somebody" in office.direct(ADMIN)[0]
    with office.store.unit_of_work() as uow:
        (parked,) = uow.escalations.of(TEAM)
    assert parked.stuck == "nobody is named as IT manager or CIO"


def test_an_admin_is_told_of_an_empty_rung_once_a_day_and_not_once_a_ticket() -> None:
    office = with_a_ticket(an_office(holders={Role.ADMIN: (ADMIN,)}))
    office.types(MARKETER, "ask can we track clicks?")
    escalate(office, MARKETER)
    escalate(office, MARKETER, "IT-2")
    assert len(office.direct(ADMIN)) == 1


def test_whoever_stands_in_for_a_manager_is_asked_in_their_place(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.LIAISON, (LIAISON, ENGINEER))
    office.types(IT_MANAGER, f"away 2026-11-23 2026-11-27 @{ENGINEER}")
    escalate(office, MARKETER)
    assert [len(office.direct(person)) for person in (IT_MANAGER, ENGINEER)] == [0, 1]
    office.submits(ENGINEER, "answer_escalation", {"text": "On Friday."}, ticket="IT-1")
    assert office.ticket().escalated_to == ""
