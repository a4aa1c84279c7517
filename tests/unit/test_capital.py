"""Capital expense above the threshold of the policy: a project manager, finance's yes, a heads-up at once."""

from __future__ import annotations

import pytest

from bot.domain.people import Role
from bot.domain.ticket import State
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
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

FINANCE = "cmo"
WHO = {**HOLDERS, Role.FINANCE: (FINANCE,), Role.PROJECT_MANAGER: (ADMIN,)}
COST = {"licence": "900", "users": "3", "core": "0"}
REVIEW = {"category": "collaboration", "amount": "900", "data": "none", "integration": "none", "months": "12"}
MUCH = COST | {"core": "3"}  # 135,000 of capital by the figures that ship


@pytest.fixture
def office() -> Office:
    office = an_office(holders=WHO)
    office.policy = draft_policy()
    office.submits(MARKETER, "new_tool", {"name": "Contentful"}, conversation=MARKETING)
    return office


def test_below_the_threshold_nothing_more_is_asked(office: Office) -> None:
    reckon(office, COST | {"core": "2"})
    assert "these must sign too" not in office.thread()[-1]
    assert office.direct(IT_MANAGER) == []
    pressed = office.presses(LIAISON, "project_manager")
    assert "no cost that calls for a project manager" in str(office.chat.forms[pressed.view])


def test_so_much_capital_is_told_at_once_and_once(office: Office) -> None:
    reckon(office, MUCH)
    assert "⚠️ IT-1 “Contentful” binds capital: about 135,000 EUR of CapEx" in office.direct(IT_MANAGER)[-1]
    assert "CapEx from 100,000 EUR on: these must sign too\nProject manager: nobody yet" in office.thread()[-1]
    assert f"Finance: @{FINANCE}" in office.thread()[-1]
    reckon(office, MUCH | {"users": "4"}, "1")
    assert len(office.direct(IT_MANAGER)) == 1


def test_a_project_manager_is_named_before_anybody_is_asked_to_sign(office: Office) -> None:
    reckon(office, MUCH)
    review(office)
    assert "project manager (nobody yet), finance (@cmo)" in "\n".join(office.thread())
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    assert "needs somebody who runs the project" in office.whispers(LIAISON)[-1]
    name(office, LIAISON, ENGINEER)
    assert f"@{ENGINEER} runs this project." in office.thread()
    assert "has you as its project manager: about 135,000 EUR of CapEx" in office.direct(ENGINEER)[-1]
    assert f"Project manager: @{ENGINEER}" in "\n".join(office.thread())
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    for person in (MARKETING_MANAGER, FINANCE, ENGINEER):
        assert "Real cost\nabout" in "\n".join(office.direct(person))
        office.presses(person, "sign_yes", "IT-1:1")
    assert office.ticket().state is State.DECIDED


def test_a_project_manager_by_role_alone_does_not_sign(office: Office) -> None:
    asked_with_much(office)
    office.presses(ADMIN, "sign_yes", "IT-1:1")
    assert "This is for others to sign" in office.whispers(ADMIN)[-1]


def test_a_cost_that_reaches_the_threshold_takes_the_open_sign_offs_back(office: Office) -> None:
    reckon(office, COST)
    review(office)
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    reckon(office, MUCH, "1")
    assert "Version 1 of the review was replaced by a newer one below." in office.thread()
    assert "the review has changed" in office.direct(MARKETING_MANAGER)[-1]
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:1")
    assert office.ticket().state is not State.DECIDED
    with office.store.unit_of_work() as uow:
        assert Role.FINANCE in uow.reviews.of(TEAM, 1)[-1].ruling.approvers


def test_a_cost_that_changes_nothing_for_the_signers_stands_on_the_open_review(office: Office) -> None:
    review(office)
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    reckon(office, COST)
    assert "Real cost\nabout" in office.direct(MARKETING_MANAGER)[-1]
    office.presses(MARKETING_MANAGER, "sign_yes", "IT-1:1")
    assert office.ticket().state is State.DECIDED


def test_the_review_begins_with_the_quote_of_the_cost(office: Office) -> None:
    reckon(office, COST)
    fields = {field.key: field.value for field in office.form(office.presses(LIAISON, "review")).fields}
    assert fields["amount"] == "900"


@pytest.mark.parametrize(
    "person", [MARKETER, COLLEAGUE, GUEST, LIAISON, ENGINEER, IT_MANAGER, MARKETING_MANAGER, ADMIN, FINANCE]
)
def test_only_who_asked_and_it_name_a_project_manager(office: Office, person: str) -> None:
    reckon(office, MUCH)
    pressed = office.presses(person, "project_manager")
    assert hasattr(office.chat.forms[pressed.view], "fields") == (person in {MARKETER, LIAISON, IT_MANAGER})
    name(office, person, ENGINEER)
    assert manager(office) == (ENGINEER if person in {MARKETER, LIAISON, IT_MANAGER} else "")


@pytest.mark.parametrize("named", [MARKETER, GUEST, "nobody-we-know"])
def test_who_asked_guests_and_strangers_do_not_run_the_project(office: Office, named: str) -> None:
    reckon(office, MUCH)
    name(office, LIAISON, named)
    assert manager(office) == ""


def test_once_the_sign_offs_are_asked_nobody_else_is_named(office: Office) -> None:
    asked_with_much(office)
    name(office, LIAISON, COLLEAGUE)
    assert manager(office) == ENGINEER
    assert "Change the review first" in office.direct(LIAISON)[-1]


def test_a_form_without_a_name_is_answered_at_its_field(office: Office) -> None:
    assert set(check_form(office.submits(LIAISON, "project_manager", {"manager": ""}, ticket="IT-1"))) == {"manager"}


def asked_with_much(office: Office) -> None:
    reckon(office, MUCH)
    review(office)
    name(office, LIAISON, ENGINEER)
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")


def reckon(office: Office, values: dict[str, str], before: str = "0") -> None:
    office.submits(LIAISON, "cost", values, **context(before))


def review(office: Office, before: str = "0") -> None:
    office.submits(LIAISON, "review", REVIEW, **context(before))


def name(office: Office, by: str, whom: str) -> None:
    office.submits(by, "project_manager", {"manager": whom}, ticket="IT-1", conversation=MARKETING)


def context(before: str) -> dict[str, str]:
    return {"ticket": "IT-1", "currency": "EUR", "before": before, "conversation": MARKETING}


def manager(office: Office) -> str:
    with office.store.unit_of_work() as uow:
        return uow.projects.of(TEAM, 1).manager
