"""Nobody but the right person decides on a campaign: every button and form, by everybody, at every moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.people import Role
from bot.messages import Form
from tests.builders import (
    ADMIN,
    CIO,
    CMO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    TEAM,
    Office,
    an_office,
)
from tests.support.campaigns import change, decide, measure, plan

SPONSOR = CMO
WHO = {**HOLDERS, Role.SPONSOR: (SPONSOR,), Role.CIO: (CIO,)}
EVERYBODY = (MARKETER, COLLEAGUE, GUEST, LIAISON, ENGINEER, IT_MANAGER, CIO, MARKETING_MANAGER, SPONSOR, ADMIN)
IT_SIDE = {LIAISON, IT_MANAGER, CIO}
Act = Callable[[Office, str], object]


def go(office: Office, person: str) -> object:
    return office.presses(person, "go", "IT-1:1")


def on_conditions(office: Office, person: str) -> None:
    decide(office, who=person)


def no_go(office: Office, person: str) -> object:
    return office.submits(person, "go_decide", {"verdict": "no_go", "reason": "too much"}, decision="IT-1:1")


def yes(office: Office, person: str) -> object:
    return office.presses(person, "risk_yes", "IT-1:2")


def no(office: Office, person: str) -> object:
    return office.submits(person, "risk_no", {"text": "not now"}, sign_off="IT-1:2")


DECISIONS: tuple[Act, ...] = (go, on_conditions, no_go)
ANSWERS: tuple[Act, ...] = (yes, no)


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("act", [*DECISIONS, *ANSWERS])
def test_each_act_is_for_the_right_people_alone(act: Act, person: str) -> None:
    office = as_far_as(act)
    before = standing(office)
    act(office, person)
    assert (standing(office) != before) == (person in ({SPONSOR} if act in ANSWERS else IT_SIDE))


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize(("button", "value"), [("go_decide", "IT-1:2"), ("risk_no", "IT-1:2")])
def test_a_form_opens_only_for_who_may_send_it(button: str, value: str, person: str) -> None:
    office = as_far_as(yes)
    shown = office.chat.forms[office.presses(person, button, value).view]
    assert isinstance(shown, Form) == (person in ({SPONSOR} if button == "risk_no" else IT_SIDE))


@pytest.mark.parametrize("act", [*DECISIONS, *ANSWERS])
@pytest.mark.parametrize("first", [*DECISIONS, *ANSWERS])
def test_a_second_click_on_the_same_answer_counts_for_nothing(first: Act, act: Act) -> None:
    if (first in ANSWERS) != (act in ANSWERS):
        return
    office, person = as_far_as(act), SPONSOR if act in ANSWERS else LIAISON
    first(office, person)
    before = standing(office)
    act(office, person)
    assert standing(office) == before


@pytest.mark.parametrize("act", [*DECISIONS, *ANSWERS])
def test_a_click_on_an_outdated_plan_counts_for_nobody(act: Act) -> None:
    office = as_far_as(act)
    change(office, {"window": "1 min"})
    before = standing(office)
    for person in EVERYBODY:
        act(office, person)
    assert standing(office) == before


@pytest.mark.parametrize("act", [*DECISIONS, *ANSWERS])
def test_a_plan_that_changed_a_moment_ago_is_not_decided_on_unseen(act: Act) -> None:
    office = as_far_as(act)
    office.submits(MARKETER, "details", {"window": "1 min"}, ticket="IT-1", kind="campaign")
    before = standing(office)
    act(office, SPONSOR if act in ANSWERS else LIAISON)
    assert standing(office) == before


@pytest.mark.parametrize("act", [*DECISIONS, *ANSWERS])
def test_nothing_is_decided_once_the_ticket_is_withdrawn(act: Act) -> None:
    office = as_far_as(act)
    office.presses(MARKETER, "dismiss")
    before = standing(office)
    act(office, SPONSOR if act in ANSWERS else LIAISON)
    assert standing(office) == before


def test_who_lost_the_role_since_being_asked_signs_no_more() -> None:
    office = as_far_as(yes)
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.SPONSOR, [COLLEAGUE])
    before = standing(office)
    yes(office, SPONSOR)
    assert standing(office) == before


def test_who_stands_in_signs_for_a_sponsor_who_is_away() -> None:
    office = an_office(holders=WHO)
    measure(office, 100)
    plan(office)
    office.types(SPONSOR, f"away 2026-11-20 2026-12-20 @{COLLEAGUE}")
    decide(office)
    assert "(you stand in for @cmo)" in office.direct(COLLEAGUE)[-1]
    yes(office, COLLEAGUE)
    assert office.ticket().outcome == "Go with conditions: as agreed"


@pytest.mark.parametrize("value", ["", "IT-1", "IT-1:x", "IT-9:1", "IT-1:99999999999", "nonsense:1", "IT-1:0"])
def test_a_button_that_was_made_up_does_nothing(value: str) -> None:
    office = as_far_as(yes)
    before = standing(office)
    for person in (LIAISON, SPONSOR):
        for button in ("go", "go_decide", "risk_yes", "risk_no", "capacity"):
            office.presses(person, button, value)
        office.submits(person, "go_decide", {"verdict": "go"}, decision=value)
        office.submits(person, "risk_no", {"text": "no"}, sign_off=value)
    assert standing(office) == before
    assert office.store.inbox.parked() == []


def as_far_as(act: Act) -> Office:
    """An office in which everything was done that comes before an act."""
    office = an_office(holders=WHO)
    measure(office, 100)
    plan(office)
    if act in ANSWERS:
        decide(office)
    return office


def standing(office: Office) -> tuple[object, ...]:
    """What a decision would change: the decision itself, its sign-offs, the actions, the ticket's outcome."""
    with office.store.unit_of_work() as uow:
        ready = uow.readiness.get(TEAM, 1)
        assert ready is not None
        signoffs = [(one.person, one.said, one.version) for one in uow.signoffs.of(TEAM, ready.subject)]
        actions = len(office.store.state.actions)
        return ready.verdict, ready.decided, ready.outcome, signoffs, actions, uow.tickets.get(TEAM, 1).outcome
