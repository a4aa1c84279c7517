"""Nobody but the right person answers: every button and form of due diligence, by everybody, at every moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.messages import Form
from tests.builders import (
    ADMIN,
    CIO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    TEAM,
    Office,
)
from tests.support.diligence import LEGAL, an_office_with_a_ticket, answer, count

EVERYBODY = (MARKETER, COLLEAGUE, GUEST, LIAISON, ENGINEER, IT_MANAGER, CIO, MARKETING_MANAGER, LEGAL, ADMIN)
IT_SIDE = {LIAISON, IT_MANAGER, CIO}
Act = Callable[[Office, str], object]


def answer_own(office: Office, person: str) -> None:
    answer(office, person, seen=0, purpose="yes")


def answer_for_it(office: Office, person: str) -> None:
    answer(office, person, seen=0, connects="yes")


def answer_for_vendor(office: Office, person: str) -> None:
    answer(office, person, seen=0, encryption="yes")


def ask(office: Office, person: str) -> object:
    return office.presses(person, "diligence_ask")


def send(office: Office, person: str) -> object:
    return office.presses(person, "diligence_send")


ANSWERS: tuple[Act, ...] = (answer_own, answer_for_it, answer_for_vendor)
ACTS: tuple[Act, ...] = (*ANSWERS, ask, send)


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_for_the_right_people_alone(act: Act, person: str) -> None:
    office, may = an_office(), IT_SIDE | {MARKETER} if act is answer_own else IT_SIDE
    before = standing(office)
    act(office, person)
    assert (standing(office) != before) == (person in may)


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("place", ["IT-1", "IT-1:marketer", "IT-1:it", "IT-1:vendor"])
def test_a_form_opens_only_for_who_may_send_it(place: str, person: str) -> None:
    office = an_office()
    pressed = office.presses(person, "diligence", place)
    may = IT_SIDE | {MARKETER} if place in {"IT-1", "IT-1:marketer"} else IT_SIDE
    assert isinstance(office.chat.forms[pressed.view], Form) == (person in may)


@pytest.mark.parametrize("act", [*ANSWERS, ask])
def test_what_is_sent_twice_counts_once(act: Act) -> None:
    office = an_office()
    act(office, LIAISON)
    before = standing(office)
    act(office, LIAISON)
    assert standing(office) == before


def test_a_form_of_the_requester_does_not_carry_answers_for_it() -> None:
    office = an_office()
    context = {"ticket": "IT-1", "asker": "marketer", "seen": "0"}
    office.submits(MARKETER, "diligence", {"level.connects": "yes", "level.encryption": "evidenced"}, **context)
    assert count(office) == 0


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_answered_or_asked_once_the_ticket_is_finished_or_no_tool(act: Act) -> None:
    for form, values in (("resolve", {"text": "bought"}), ("details", {"kind": "question"})):
        office = an_office()
        office.submits(LIAISON, form, values, ticket="IT-1", kind="new_tool")
        before = standing(office)
        act(office, LIAISON)
        assert standing(office) == before


@pytest.mark.parametrize("value", ["", "IT-9", "IT-1:", "IT-1:cfo", "IT-1:it:x", "IT-1:it:2:3", "nonsense"])
@pytest.mark.parametrize("button", ["diligence", "diligence_ask", "diligence_send"])
def test_a_button_that_was_made_up_does_nothing(button: str, value: str) -> None:
    office = an_office()
    before = standing(office)
    pressed = office.presses(LIAISON, button, value)
    assert standing(office) == before
    assert not isinstance(office.chat.forms.get(pressed.view), Form)
    assert office.store.inbox.parked() == []


@pytest.mark.parametrize("values", [{"asker": "cfo"}, {"seen": "many"}, {"ticket": "IT-9"}, {"asker": ""}])
def test_a_form_that_was_made_up_does_nothing(values: dict[str, str]) -> None:
    office = an_office()
    context = {"ticket": "IT-1", "asker": "it", "seen": "0"} | values
    office.submits(LIAISON, "diligence", {"level.connects": "yes"}, **context)
    assert count(office) == 0
    assert office.store.inbox.parked() == []


def an_office() -> Office:
    return an_office_with_a_ticket()


def standing(office: Office) -> tuple[object, ...]:
    """What an act would change: the answers, whom the ticket waits for, the files that were handed out."""
    with office.store.unit_of_work() as uow:
        answers = [(one.answer.question, one.answer.level) for one in uow.answers.of(TEAM, 1)]
    return answers, office.ticket().waiting_for, len([one for one in office.chat.said if one.card.file])
