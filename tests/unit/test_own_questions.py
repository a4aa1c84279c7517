"""A workspace's own questions: an admin adds, changes and retires them; a past verdict keeps its score."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.diligence import Asker, Question
from bot.domain.errors import Invalid
from bot.domain.own_questions import MOST, OwnQuestion, asked_at, newest, next_key
from handlers.routing import check_form
from tests.builders import ADMIN, LIAISON, MARKETER, MARKETING, TEAM, Office
from tests.support.diligence import QUESTIONS, an_office_with_a_ticket, form, labels
from tests.support.samples import DAY, HOUR, NOW

OURS = {
    "text": "Does it keep data in the EU?", "hint": "See the contract", "asker": "it", "tier": "1",
    "criterion": "security", "use": "ask",
}  # fmt: skip
FIRST = OwnQuestion(1, Question("own_1", "our own", "security", "In the EU?", Asker.IT), True, "U1", NOW)


@pytest.fixture
def office() -> Office:
    return an_office_with_a_ticket()


def test_an_admin_adds_a_question_which_open_tickets_are_asked_at_once(office: Office) -> None:
    assert not any("in the EU" in label for label in labels(form(office, LIAISON, "IT-1:it")))
    save(office, "", OURS)
    assert "“Does it keep data in the EU?” is asked from now on" in office.direct(ADMIN)[-1]
    assert any("in the EU" in label for label in labels(form(office, LIAISON, "IT-1:it")))
    assert "Does it keep data in the EU? — IT, always" in shown(office, MARKETER)


def test_an_edited_question_says_the_new_words_and_a_retired_one_is_asked_no_more(office: Office) -> None:
    save(office, "", OURS)
    opened = office.form(office.presses(ADMIN, "own_question", "own_1"))
    assert {field.key: field.value for field in opened.fields} == OURS
    save(office, "own_1", {**OURS, "text": "Is it hosted in the EU?", "use": "knock_out"})
    assert "Is it hosted in the EU? — IT, always; a no knocks it out" in shown(office, MARKETER)
    save(office, "own_1", {**OURS, "use": "retired"})
    assert "Nothing is asked here" in shown(office, MARKETER)
    assert not any("EU" in label for label in labels(form(office, LIAISON, "IT-1:it")))


def test_an_answer_to_an_own_question_counts_and_stays_when_it_is_retired(office: Office) -> None:
    save(office, "", OURS)
    context = {"ticket": "IT-1", "asker": "it", "seen": "0", "conversation": MARKETING}
    office.submits(LIAISON, "diligence", {"level.own_1": "yes"}, **context)
    save(office, "own_1", {**OURS, "use": "retired"})
    with office.store.unit_of_work() as uow:
        assert [one.answer.question for one in uow.answers.of(TEAM, 1)] == ["own_1"]
    form(office, LIAISON, "IT-1:it")


@pytest.mark.parametrize("person", [MARKETER, LIAISON, "guest"])
def test_only_an_admin_changes_the_questions(office: Office, person: str) -> None:
    office.submits(person, "own_question", OURS, question="", version="0")
    office.presses(person, "own_question", "")
    assert "Nothing is asked here" in shown(office, MARKETER)
    assert "Add a question" not in shown(office, person)


def test_a_form_that_somebody_overtook_and_one_without_words_are_refused(office: Office) -> None:
    save(office, "", OURS)
    office.submits(ADMIN, "own_question", {**OURS, "text": "Another?"}, question="own_1", version="0")
    assert "Somebody else changed this question meanwhile" in "".join(office.whispers(ADMIN) + office.direct(ADMIN))
    empty = office.submits(ADMIN, "own_question", {**OURS, "text": " ? "}, question="", version="0")
    assert list(check_form(empty)) == ["text"]


def test_what_was_asked_at_a_moment_stays_as_it_was() -> None:
    later = replace(FIRST, version=2, is_asked=False, at=NOW + DAY)
    assert asked_at(QUESTIONS, [FIRST, later], NOW - HOUR) == QUESTIONS
    assert asked_at(QUESTIONS, [FIRST, later], NOW)[-1] == FIRST.question
    assert asked_at(QUESTIONS, [FIRST, later], NOW + 2 * DAY) == QUESTIONS
    assert newest([FIRST, later]) == (later,)


def test_there_are_no_more_questions_than_people_would_answer() -> None:
    many = [replace(FIRST, question=replace(FIRST.question, key=f"own_{number}")) for number in range(1, MOST + 1)]
    with pytest.raises(Invalid, match="Retire one first"):
        next_key(many)
    assert next_key([*many[:-1], replace(many[-1], is_asked=False)]) == f"own_{MOST + 1}"


def save(office: Office, key: str, values: dict[str, str]) -> None:
    office.clock.at += timedelta(minutes=1)
    shown_form = office.form(office.presses(ADMIN, "own_question", key))
    office.submits(ADMIN, "own_question", values, **shown_form.context)


def shown(office: Office, person: str) -> str:
    office.types(person, "diligence questions")
    return office.whispers(person)[-1]
