"""Nobody but the right person decides: every button and form of a review, pressed by everybody, at every moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.catalogue import ToolStatus
from bot.domain.people import Role
from bot.domain.ticket import State
from tests.builders import (
    ADMIN,
    CIO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    an_office,
)
from tests.support.policies import draft_policy

LEGAL = "cmo"
WHO = {**HOLDERS, Role.LEGAL: (LEGAL, MARKETER), Role.CIO: (CIO,)}
EVERYBODY = (MARKETER, COLLEAGUE, GUEST, LIAISON, ENGINEER, IT_MANAGER, CIO, MARKETING_MANAGER, LEGAL, ADMIN)
IT_SIDE = {LIAISON, IT_MANAGER, CIO}
SIGNERS = {MARKETING_MANAGER, LIAISON, LEGAL}
REVIEW = {"category": "email_automation", "amount": "6,000", "data": "personal", "integration": "native"}
CONDITION = {"what1": "Sign the agreement", "owner1": LIAISON, "due1": "2026-12-18"}
Act = Callable[[Office, str], object]


def review(office: Office, person: str, before: str = "0") -> object:
    context = {"ticket": "IT-1", "currency": "EUR", "before": before, "conversation": MARKETING}
    return office.submits(person, "review", REVIEW, **context)


def ask(office: Office, person: str) -> object:
    return office.presses(person, "ask_sign_offs", "IT-1:1")


def yes(office: Office, person: str) -> object:
    return office.presses(person, "sign_yes", "IT-1:1")


def on_conditions(office: Office, person: str) -> object:
    return office.submits(person, "sign_conditions", CONDITION, sign_off="IT-1:1")


def no(office: Office, person: str) -> object:
    return office.submits(person, "sign_no", {"text": "not this one"}, sign_off="IT-1:1")


ANSWERS: tuple[Act, ...] = (yes, on_conditions, no)


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("act", [review, ask, *ANSWERS])
def test_each_act_is_for_the_right_people_alone(act: Act, person: str) -> None:
    office, may = reviewed_as_far_as(act), SIGNERS if act in ANSWERS else IT_SIDE
    before = standing(office)
    act(office, person)
    assert (standing(office) != before) == (person in may)


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("button", ["review", "sign_conditions", "sign_no"])
def test_a_form_opens_only_for_who_may_send_it(button: str, person: str) -> None:
    office = reviewed_as_far_as(yes)
    pressed = office.presses(person, button, "IT-1" if button == "review" else "IT-1:1")
    shown = office.chat.forms[pressed.view]
    assert hasattr(shown, "fields") == (person in (IT_SIDE if button == "review" else SIGNERS))


@pytest.mark.parametrize("act", ANSWERS)
@pytest.mark.parametrize("first", ANSWERS)
def test_who_has_answered_does_not_answer_again(first: Act, act: Act) -> None:
    office = reviewed_as_far_as(yes)
    first(office, LEGAL)
    before = standing(office)
    act(office, LEGAL)
    assert standing(office) == before


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("act", [ask, *ANSWERS])
def test_a_click_on_an_outdated_version_counts_for_nobody(act: Act, person: str) -> None:
    office = reviewed_as_far_as(act)
    review(office, LIAISON, before="1")
    before = standing(office)
    act(office, person)
    assert standing(office) == before


@pytest.mark.parametrize("person", sorted(SIGNERS))
@pytest.mark.parametrize("act", ANSWERS)
def test_nothing_can_be_signed_once_it_is_decided_or_withdrawn(act: Act, person: str) -> None:
    for end in (lambda office: no(office, LEGAL), lambda office: office.presses(MARKETER, "dismiss")):
        office = reviewed_as_far_as(act)
        end(office)
        before = standing(office)
        act(office, person)
        assert standing(office) == before


def test_who_lost_the_role_since_being_asked_signs_no_more() -> None:
    office = reviewed_as_far_as(yes)
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.LEGAL, [COLLEAGUE])
    before = standing(office)
    yes(office, LEGAL)
    assert standing(office) == before


@pytest.mark.parametrize("value", ["", "IT-1", "IT-1:x", "IT-9:1", "IT-1:99999999999", "nonsense:1"])
def test_a_button_that_was_made_up_does_nothing(value: str) -> None:
    office = reviewed_as_far_as(yes)
    before = standing(office)
    for button in ("ask_sign_offs", "sign_yes", "sign_conditions", "sign_no"):
        office.presses(LEGAL, button, value)
    assert standing(office) == before
    assert office.store.inbox.parked() == []


def reviewed_as_far_as(act: Act) -> Office:
    """An office in which everything was done that comes before an act."""
    office = an_office(holders=WHO)
    office.policy = draft_policy()
    office.submits(MARKETER, "new_tool", {"name": "Klaviyo"}, conversation=MARKETING)
    if act is not review:
        review(office, LIAISON)
    if act in ANSWERS:
        ask(office, LIAISON)
    return office


def standing(office: Office) -> tuple[State, int, list[object], list[ToolStatus]]:
    """What a decision would change: the ticket's state, its reviews, its sign-offs, the catalogue."""
    with office.store.unit_of_work() as uow:
        signoffs = [(one.person, one.said) for one in uow.signoffs.of(TEAM, "review:1")]
        tools = [tool.status for tool in uow.catalogue.like(TEAM, "klaviyo")]
        return uow.tickets.get(TEAM, 1).state, len(uow.reviews.of(TEAM, 1)), [*signoffs], tools
