"""After the yes: steps with their owners, the rating, the actual cost beside the estimate, a trial's end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.catalogue import ToolStatus
from bot.domain.people import Role
from bot.domain.project import Project
from bot.domain.ticket import State
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    CIO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
)
from tests.unit.test_reviews import LEGAL, an_office_with_a_ticket, asked

STEPS = {
    "what0": "Implementation", "owner0": ENGINEER, "due0": "2026-12-18",
    "what1": "Launch", "owner1": COLLEAGUE, "due1": "2027-01-11",
}  # fmt: skip
COST = {"licence": "6,000", "users": "12", "custom": "1", "size": "light"}
ACTUAL = {"once": "41,000", "yearly": "9,500.50"}
EVERYBODY = (MARKETER, COLLEAGUE, GUEST, LIAISON, ENGINEER, IT_MANAGER, CIO, MARKETING_MANAGER, LEGAL, ADMIN)
IT_SIDE = {LIAISON, IT_MANAGER}
Act = Callable[[Office, str], object]


def plan(office: Office, person: str, values: dict[str, str] = STEPS) -> object:
    return office.submits(person, "steps", values, ticket="IT-1", conversation=MARKETING)


def first_done(office: Office, person: str) -> object:
    return office.presses(person, "step_done", "IT-1:0")


def rate(office: Office, person: str) -> object:
    return office.presses(person, "rate", "IT-1:4")


def actual(office: Office, person: str) -> object:
    return office.submits(person, "actual_cost", ACTUAL, ticket="IT-1", currency="EUR")


def test_the_steps_stand_in_the_thread_on_the_card_and_in_the_status() -> None:
    office = approved()
    fields = {field.key: field.value for field in office.form(office.presses(LIAISON, "steps")).fields}
    assert (fields["what0"], fields["owner0"], fields["what1"], fields["what2"]) == (
        "Implementation", LIAISON, "Launch", "",
    )  # fmt: skip
    plan(office, LIAISON)
    assert office.ticket().state is State.IN_DELIVERY
    assert "0 of 2 steps done\n⏳ Implementation — @engineer, by Fri 18 Dec" in "\n".join(office.thread())
    assert "Next step\nImplementation — @engineer, by Fri 18 Dec" in office.thread()[0]
    assert "📌 IT-1 “Klaviyo”: Launch is yours, by Mon 11 Jan." in office.direct(COLLEAGUE)[-1]
    first_done(office, ENGINEER)
    office.types(MARKETER, "status IT-1")
    assert "After the yes\n✅ Implementation — @engineer, done Mon 23 Nov\n⏳ Launch" in office.whispers(MARKETER)[-1]
    assert "Next step\nLaunch" in office.thread()[0]


def test_after_the_last_step_the_requester_rates_with_one_click_and_a_line() -> None:
    office = launched()
    assert "How good were IT's answers on the way?" in office.thread()[-1]
    rate(office, MARKETER)
    assert "@marketer rates IT's answers: ⭐⭐⭐⭐ (4 of 5)" in "\n".join(office.thread())
    office.submits(MARKETER, "rate_words", {"text": "Quick, and in plain words"}, ticket="IT-1")
    assert "(4 of 5) “Quick, and in plain words”" in "\n".join(office.thread())
    rate(office, MARKETER)
    assert "You have rated this already: 4 of 5" in office.whispers(MARKETER)[-1]


def test_the_actual_cost_stands_beside_the_estimate_in_thread_and_record() -> None:
    office = launched()
    actual(office, LIAISON)
    assert "Once\n41,000 EUR, estimated 42,000 (-2 %)" in office.thread()[-1]
    assert "A year\n9,500.50 EUR, estimated " in office.thread()[-1]
    office.types(LIAISON, "record IT-1")
    (_, record) = [one.card.file.text for one in office.posts() if one.card.file]
    assert "- Actual cost, once: 41,000 EUR, estimated 42,000 (-2 %)" in record
    assert "- Implementation — Engineer, by 18 Dec 2026: done 23 Nov 2026" in record


def test_a_trial_stands_in_the_catalogue_with_its_end() -> None:
    office = an_office_with_a_ticket()
    asked(office)
    for person in (MARKETING_MANAGER, LIAISON):
        office.presses(person, "sign_yes", "IT-1:1")
    office.submits(LEGAL, "sign_conditions", {"trial": "2027-02-01"}, sign_off="IT-1:1")
    assert any("It is a trial until Mon 1 Feb." in one for one in office.thread())
    with office.store.unit_of_work() as uow:
        (tool,) = uow.catalogue.like(TEAM, "klaviyo")
    assert (tool.status, tool.trial_until) == (ToolStatus.TRIAL, date(2027, 2, 1))


def test_steps_planned_anew_keep_what_is_done() -> None:
    office = approved()
    plan(office, LIAISON)
    first_done(office, ENGINEER)
    plan(office, LIAISON, STEPS | {"owner1": LIAISON})
    steps = project(office).steps
    assert [(step.owner, step.done_at is None) for step in steps] == [(ENGINEER, False), (LIAISON, True)]
    office.presses(COLLEAGUE, "step_done", "IT-1:1")  # theirs no more
    assert project(office).steps == steps


def test_who_stands_in_marks_a_step_as_done() -> None:
    office = approved()
    plan(office, IT_MANAGER, STEPS | {"owner0": LIAISON})
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.CIO, (CIO,))
    office.types(LIAISON, f"away 2026-11-20 2026-12-24 @{CIO}")
    first_done(office, CIO)
    assert project(office).steps[0].done_by == CIO


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize(
    ("act", "may"),
    [(plan, IT_SIDE), (first_done, {ENGINEER}), (rate, {MARKETER}), (actual, IT_SIDE | {MARKETER})],
)
def test_each_act_is_for_the_right_people_alone_and_counts_once(act: Act, may: set[str], person: str) -> None:
    office = launched() if act is rate else approved()
    if act is first_done:
        plan(office, LIAISON)
    before = project(office)
    act(office, person)
    after = project(office)
    assert (after != before) == (person in may)
    if act is not actual:
        act(office, person)  # a replayed click
        assert project(office) == after


@pytest.mark.parametrize("act", [plan, first_done, rate, actual])
def test_before_the_yes_nothing_of_it_can_be_done(act: Act) -> None:
    office = an_office_with_a_ticket()
    asked(office)
    for person in (LIAISON, MARKETER):
        act(office, person)
    assert project(office) == Project(TEAM, 1)


@pytest.mark.parametrize("value", ["", "IT-1", "IT-1:7", "IT-1:x", "IT-9:1"])
def test_a_button_that_was_made_up_does_nothing(value: str) -> None:
    office = launched()
    before = project(office)
    for button in ("step_done", "rate"):
        office.presses(MARKETER, button, value)
    assert project(office) == before
    assert office.store.inbox.parked() == []


def test_a_wrong_form_says_what_is_wrong_field_by_field() -> None:
    office = approved()
    wrong = {"what0": "", "owner0": "", "due0": "soon", "what1": "Launch", "due1": "2027-01-11"}
    assert set(check_form(plan(office, LIAISON, wrong))) == {"what0", "owner0", "due0", "owner1"}  # type: ignore[arg-type]
    values = {"once": "much", "yearly": "5 USD"}
    form = office.submits(LIAISON, "actual_cost", values, ticket="IT-1", currency="EUR")
    assert set(check_form(form)) == {"once", "yearly"}
    trial = office.submits(LIAISON, "sign_conditions", {"trial": "someday"}, sign_off="IT-1:1")
    assert set(check_form(trial)) == {"trial"}


def approved() -> Office:
    office = an_office_with_a_ticket()
    office.submits(LIAISON, "cost", COST, ticket="IT-1", currency="EUR", before="0", conversation=MARKETING)
    asked(office)
    for person in (MARKETING_MANAGER, LIAISON, LEGAL):
        office.presses(person, "sign_yes", "IT-1:1")
    return office


def launched() -> Office:
    office = approved()
    plan(office, LIAISON)
    first_done(office, ENGINEER)
    office.presses(COLLEAGUE, "step_done", "IT-1:1")
    return office


def project(office: Office) -> Project:
    with office.store.unit_of_work() as uow:
        return uow.projects.of(TEAM, 1)
