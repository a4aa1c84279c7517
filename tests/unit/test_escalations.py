"""Handing a ticket up the ladder of the side that owes something."""

from __future__ import annotations

from bot.domain.people import Role
from tests.builders import (
    CIO,
    CMO,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    Office,
    a_tool,
    an_office,
)

LADDERS = HOLDERS | {Role.CIO: (CIO,), Role.CMO: (CMO,)}


def test_escalating_climbs_the_ladder_of_it_a_step_at_a_time() -> None:
    office = with_a_ticket(an_office(holders=LADDERS))
    for _ in range(3):
        escalate(office, MARKETER)
    assert [len(office.direct(person)) for person in (IT_MANAGER, CIO)] == [1, 2]
    assert office.thread()[-1] == "⬆️ @marketer asks @cio to step in (process): it is stuck"
    assert office.direct(CIO)[0] == "IT-1: ⬆️ @marketer asks @cio to step in (process): it is stuck"


def test_it_escalates_to_marketing_while_the_requester_owes_an_answer() -> None:
    office = with_a_ticket(an_office(holders=LADDERS))
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    for _ in range(2):
        escalate(office, LIAISON)
    assert [len(office.direct(person)) for person in (MARKETING_MANAGER, CMO, IT_MANAGER)] == [1, 1, 0]


def test_marketing_escalates_to_it_even_while_it_waits() -> None:
    office = with_a_ticket(an_office(holders=LADDERS))
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    escalate(office, MARKETER)
    assert len(office.direct(IT_MANAGER)) == 1


def test_the_it_manager_escalates_past_themselves() -> None:
    office = with_a_ticket(an_office(holders=LADDERS))
    escalate(office, IT_MANAGER)
    assert len(office.direct(CIO)) == 1


def test_the_last_one_on_the_ladder_decides() -> None:
    office = with_a_ticket(an_office())
    escalate(office, IT_MANAGER)
    assert office.direct(IT_MANAGER) == ["You are the last one on the ladder for this. It is yours to decide."]
    assert office.ticket().level == 0


def test_without_managers_an_escalation_says_who_can_name_them() -> None:
    office = with_a_ticket(an_office(holders={}))
    escalate(office, MARKETER)
    assert "An admin can name managers with /itcheck setup." in office.direct(MARKETER)[0]


def with_a_ticket(office: Office) -> Office:
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    return office


def escalate(office: Office, who: str) -> None:
    office.submits(who, "escalate", {"reason": "process", "text": "it is stuck"}, ticket="IT-1")
