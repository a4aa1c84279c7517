"""Handing a ticket up the ladder of the side that owes something: who is asked, what they see, how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.agreed import CalendarEdition, of_person
from bot.domain.escalation import Escalation, Patience, Reason
from bot.domain.events import What
from bot.domain.hours import Calendar
from bot.domain.people import Side
from bot.messages import Came
from tests.builders import (
    ADMIN,
    CIO,
    CMO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING_MANAGER,
    MONDAY_NINE,
    TEAM,
    Office,
    an_office,
    words,
)
from tests.support.ladders import LADDERS, escalate, sweep, with_a_ticket


@pytest.fixture
def office() -> Office:
    """A workspace with whole ladders, in which Klaviyo was mentioned on Monday at nine."""
    return with_a_ticket(an_office(holders=LADDERS))


def test_escalating_asks_the_manager_in_the_thread_and_directly_with_one_next_step(office: Office) -> None:
    escalate(office, MARKETER)
    asked = "⬆️ @marketer asks @it-manager to step in (process): it is stuck"
    assert office.thread()[-1] == f"{asked}\n@it-manager has it now, and until 2026-11-23 13:00 to answer."
    (direct,) = office.posts(office.chat.direct(IT_MANAGER))
    assert words(direct.card).startswith(f"IT-1 “Klaviyo”: {asked}")
    assert [(button.label, button.value) for button in direct.card.buttons] == [("Answer", "IT-1")]
    assert "Escalated to\n@it-manager" in words(office.card())


def test_escalating_again_climbs_a_step_and_then_says_that_it_is_at_the_top(office: Office) -> None:
    for _ in range(3):
        escalate(office, MARKETER)
    assert [len(office.direct(person)) for person in (IT_MANAGER, CIO)] == [1, 1]
    assert office.direct(MARKETER) == [
        "There is nobody further up: whoever is on top of the ladder has it already and was asked directly."
    ]


def test_it_escalates_to_marketing_while_the_requester_owes_an_answer(office: Office) -> None:
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    for _ in range(2):
        escalate(office, LIAISON)
    assert [len(office.direct(person)) for person in (MARKETING_MANAGER, CMO, IT_MANAGER)] == [1, 1, 0]


def test_marketing_escalates_to_it_even_while_it_waits(office: Office) -> None:
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    escalate(office, MARKETER)
    assert len(office.direct(IT_MANAGER)) == 1


def test_the_it_manager_escalates_past_themselves(office: Office) -> None:
    escalate(office, IT_MANAGER)
    assert len(office.direct(CIO)) == 1


def test_the_last_one_on_the_ladder_decides(office: Office) -> None:
    office.submits(LIAISON, "reassign", {"liaison": IT_MANAGER}, ticket="IT-1")
    escalate(office, CIO)
    assert office.direct(CIO) == ["You are the last one on the ladder for this. It is yours to decide."]
    assert office.ticket().level == 0


@pytest.mark.parametrize("after", ["13:00", "13:01"])
def test_whoever_does_not_answer_in_time_is_passed_over_exactly_once(office: Office, after: str) -> None:
    escalate(office, MARKETER)
    sweep(office, hours=3, minutes=59)
    assert office.direct(CIO) == []
    sweep(office, minutes=1 + int(after[-1]))
    sweep(office)
    assert len(office.direct(CIO)) == 1
    assert office.thread()[-1].startswith("⬆️ @it-manager did not answer in time, so @cio is asked to step in: it is")
    assert "@cio has it now, and until 2026-11-24 13:0" in office.thread()[-1]


def test_the_time_to_answer_is_a_setting_and_runs_in_working_hours(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.escalations.be_patient(TEAM, Patience(9, 8))
    escalate(office, MARKETER)
    assert "until 2026-11-24 10:00 to answer" in office.thread()[-1]


def test_what_climbs_by_itself_reaches_people_in_their_own_hours(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.escalations.save(an_unasked(office.clock.at + timedelta(hours=12)))
    sweep(office, hours=12)
    assert "@it-manager has it now, and until 2026-11-24 13:00 to answer." in office.thread()[-1]
    assert office.direct(IT_MANAGER) == []
    sweep(office, hours=12)
    assert len(office.direct(IT_MANAGER)) == 1


def test_the_time_to_answer_runs_in_the_hours_of_whoever_is_asked(office: Office) -> None:
    late = Calendar("UTC", {"mon": [("14:00", "16:00")], "tue": [("10:00", "18:00")]})
    with office.store.unit_of_work() as uow:
        uow.agreements.save_calendar(TEAM, CalendarEdition(of_person(IT_MANAGER), 1, MONDAY_NINE, late))
    escalate(office, MARKETER)
    assert "@it-manager has it now, and until 2026-11-24 12:00 to answer." in office.thread()[-1]


def test_what_somebody_was_asked_to_step_in_for_waits_on_their_home(office: Office) -> None:
    escalate(office, MARKETER)
    office.does(Came.HOME, IT_MANAGER)
    assert "IT-1 Klaviyo" in words(office.chat.homes[IT_MANAGER].sections[0])


def test_a_breach_calls_the_manager_once_however_often_it_is_looked_at(office: Office) -> None:
    for _ in range(3):
        sweep(office, hours=2)
    assert [line for line in office.thread() if "⬆️" in line] == [
        "⬆️ @it-manager is asked to step in, because the first answer is late.\n"
        "@it-manager has it now, and until 2026-11-23 17:00 to answer."
    ]
    assert len(office.direct(IT_MANAGER)) == 1


def test_the_answer_of_whoever_was_asked_ends_it_and_is_recorded(office: Office) -> None:
    escalate(office, MARKETER)
    form = office.form(office.presses(IT_MANAGER, "answer_escalation"))
    office.submits(IT_MANAGER, form.name, {"text": "We will decide on Friday."}, **form.context)
    assert office.thread()[-2:] == [
        "@it-manager answers: We will decide on Friday.",
        "@it-manager answered, so this is no longer escalated. @liaison has IT-1 now.",
    ]
    with office.store.unit_of_work() as uow:
        (ended,) = [event for event in uow.log.events(TEAM, 1) if event.what is What.ESCALATION_ANSWERED]
        (one,) = uow.escalations.of(TEAM, 1)
    assert (ended.by, one.ended_by, one.is_open) == (IT_MANAGER, IT_MANAGER, False)
    assert "Escalated to" not in words(office.card())
    sweep(office, hours=3, minutes=50)
    assert office.direct(CIO) == []


def test_writing_in_the_thread_is_an_answer_too(office: Office) -> None:
    escalate(office, MARKETER)
    office.says(IT_MANAGER, "We decide on Friday", thread=office.ticket().place.thread)
    assert office.ticket().escalated_to == ""


def test_the_liaison_cannot_answer_for_the_manager_but_ends_what_was_only_late(office: Office) -> None:
    escalate(office, MARKETER)
    office.says(LIAISON, "looking", thread=office.ticket().place.thread)
    assert office.ticket().escalated_to == IT_MANAGER
    late = with_a_ticket(an_office(holders=LADDERS))
    sweep(late, hours=5)
    late.says(LIAISON, "sorry, looking", thread=late.ticket().place.thread)
    assert late.ticket().escalated_to == ""


@pytest.mark.parametrize("end", ["resolve", "dismiss"])
def test_a_finished_ticket_is_no_longer_escalated(office: Office, end: str) -> None:
    escalate(office, MARKETER)
    if end == "resolve":
        office.submits(LIAISON, "resolve", {"text": "Use Mailchimp."}, ticket="IT-1")
    else:
        office.presses(MARKETER, "dismiss")
    sweep(office, days=9)
    assert office.direct(CIO) == []
    office.presses(IT_MANAGER, "answer_escalation")
    pressed = office.presses(IT_MANAGER, "answer_escalation")
    assert words(office.chat.forms[pressed.view]).startswith("This is no longer escalated")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (IT_MANAGER, True),
        (CIO, True),
        (LIAISON, False),
        (ENGINEER, False),
        (MARKETER, False),
        (MARKETING_MANAGER, False),
        (CMO, False),
        (COLLEAGUE, False),
        (GUEST, False),
        (ADMIN, False),
    ],
)
def test_only_the_ladder_of_it_answers_what_it_was_asked(office: Office, who: str, may: bool) -> None:
    escalate(office, MARKETER)
    office.submits(who, "answer_escalation", {"text": "done"}, ticket="IT-1")
    assert (office.ticket().escalated_to == "") == may
    assert may or office.direct(who)[-1].startswith("Only the person who was asked")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("escalate IT-1 process: it is stuck", "(process): it is stuck"),
        ("escalate it-1 Objective we disagree", "(objective): we disagree"),
        ("escalate 1 nobody answers", "(communication): nobody answers"),
    ],
)
def test_escalating_by_command(office: Office, typed: str, said: str) -> None:
    office.types(MARKETER, typed)
    assert said in office.thread()[-1]
    assert office.whispers(MARKETER) == ["IT-1 is handed up. Its thread says who has it now."]


def test_the_command_without_a_reason_opens_the_form_and_without_a_number_says_how(office: Office) -> None:
    assert office.form(office.types(MARKETER, "escalate IT-1")).name == "escalate"
    office.types(MARKETER, "escalate")
    assert "/itcheck escalate IT-12" in office.whispers(MARKETER)[0]


@pytest.mark.parametrize("who", [GUEST])
def test_a_guest_cannot_escalate_by_command(office: Office, who: str) -> None:
    office.types(who, "escalate IT-1 hurry up")
    assert "Guests can't do that" in office.whispers(who)[0]
    assert office.ticket().level == 0


def an_unasked(look_at: datetime) -> Escalation:
    """What a breach has begun, to be looked at in the evening."""
    why = "the resolution is late"
    asked = Escalation(TEAM, 1, "breach:resolution:1:1", Side.IT, Reason.BREACH, why, "", look_at)
    return replace(asked, look_at=look_at)
