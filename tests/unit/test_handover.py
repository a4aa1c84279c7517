"""Handing a ticket to somebody else: by command or form, with a summary of where it stands."""

from __future__ import annotations

import pytest

from bot.domain.handover import last_answers, open_questions
from bot.domain.ticket import Entry
from bot.messages import Came
from tests.builders import (
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TWO_LIAISONS,
    Office,
    a_tool,
    an_office,
    words,
)
from tests.support.samples import MINUTE, NOW

ASKERS = {"asker"}


@pytest.fixture
def office() -> Office:
    """A workspace in which the marketer has just mentioned Klaviyo."""
    office = an_office(holders=TWO_LIAISONS)
    office.says(MARKETER, "we'd love to try Klaviyo. Is it allowed?", a_tool("Klaviyo"))
    return office


def said(*lines: str) -> list[Entry]:
    """A conversation: each line says who and what."""
    parts = (line.split(": ", 1) for line in lines)
    return [Entry(who, text, NOW + number * MINUTE, str(number)) for number, (who, text) in enumerate(parts)]


def test_the_last_two_answers_are_those_of_others_than_who_asks() -> None:
    talk = said("asker: hello?", "it: one", "it: two", "asker: and?", "boss: three", "asker: thanks")
    assert [entry.text for entry in last_answers(talk, ASKERS)] == ["two", "three"]


@pytest.mark.parametrize(
    ("talk", "questions"),
    [
        (["asker: We use it. Is it fine? And when?"], ["Is it fine?", "And when?"]),
        (["asker: Is it fine?", "it: yes", "asker: Great. Who pays?"], ["Who pays?"]),
        (["asker: Is it fine?", "it: yes, why?"], []),
        (["asker: ok", "asker: ???"], []),
        (["asker: a? b? c? d?"], ["b?", "c?", "d?"]),
    ],
)
def test_open_questions_are_what_was_asked_since_the_last_answer(talk: list[str], questions: list[str]) -> None:
    assert [question for _, question in open_questions(said(*talk), ASKERS)] == questions


def test_notes_and_deleted_messages_are_not_handed_on() -> None:
    gone = Entry("it", "", NOW, "1", deleted_at=NOW)
    note = Entry("it", "they never pay", NOW, internal=True)
    assert last_answers([gone, note], ASKERS) == ()


def test_the_next_liaison_finds_a_summary_in_the_thread(office: Office) -> None:
    thread = office.ticket().place.thread
    office.says(LIAISON, "Which list will it get?", thread=thread)
    office.says(MARKETER, "The newsletter. When will you know? And who pays?", thread=thread)
    office.types(LIAISON, f"reassign IT-1 @{ENGINEER}")
    lines = office.thread()[-1].splitlines()
    assert lines[:3] == [
        "To take over: new tool “Klaviyo”, asked by @marketer on 2026-11-23 09:00.", "State", "in review",
    ]  # fmt: skip
    assert lines[-5:] == [
        "Last answers",
        "@liaison, 2026-11-23 09:00: Which list will it get?",
        "Open questions",
        "@marketer, 2026-11-23 09:00: When will you know?",
        "@marketer, 2026-11-23 09:00: And who pays?",
    ]
    assert office.whispers(LIAISON) == ["IT-1 is with @engineer now. Its thread has a summary."]
    assert office.ticket().liaison == ENGINEER


def test_a_hand_over_names_what_is_still_due(office: Office) -> None:
    office.submits(LIAISON, "reassign", {"liaison": ENGINEER}, ticket="IT-1")
    assert "First answer\nby 2026-11-23 13:00" in office.thread()[-1]


def test_a_hand_over_changes_no_clock(office: Office) -> None:
    clocks = dict(office.store.state.clocks)
    office.types(LIAISON, f"reassign IT-1 @{ENGINEER}")
    assert office.store.state.clocks == clocks


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (LIAISON, True),
        (IT_MANAGER, True),
        (MARKETER, False),
        (COLLEAGUE, False),
        (MARKETING_MANAGER, False),
        (GUEST, False),
    ],
)
def test_only_the_it_side_reassigns_by_command(office: Office, who: str, may: bool) -> None:
    office.types(who, f"reassign IT-1 @{ENGINEER}")
    assert (office.ticket().liaison == ENGINEER) == may
    assert may or "Only the IT side can do that" in office.whispers(who)[0]


def test_a_name_that_the_chat_did_not_turn_into_a_mention_is_looked_up_in_the_channel(office: Office) -> None:
    office.types(LIAISON, "reassign IT-1 @Engineer")
    assert office.ticket().liaison == ENGINEER


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("reassign", "Which ticket, and to whom?"),
        (f"reassign IT-1 @{GUEST}", "Guest can't do that"),
        ("reassign IT-1 @nobody-here", "I can't find “nobody-here” here."),
        (f"reassign IT-99 @{ENGINEER}", "There is no ticket IT-99 here."),
    ],
)
def test_a_hand_over_that_cannot_be_says_why(office: Office, typed: str, answer: str) -> None:
    office.types(LIAISON, typed)
    assert office.whispers(LIAISON)[0].startswith(answer)
    assert office.ticket().liaison == LIAISON


def test_without_a_name_the_command_opens_the_form(office: Office) -> None:
    form = office.form(office.types(LIAISON, "reassign IT-1"))
    office.submits(LIAISON, form.name, {"liaison": ENGINEER}, **form.context)
    assert office.ticket().liaison == ENGINEER
    assert "Reassign: IT-1" in words(form)


def test_who_is_not_done_with_a_closed_ticket_reopens_it_with_what_they_wrote() -> None:
    office = an_office(holders=TWO_LIAISONS)
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    thread = office.ticket().place.thread
    office.says(LIAISON, "It is open for you now.", thread=thread)
    office.submits(LIAISON, "resolve", {"text": "Access is given"}, ticket="IT-1")
    office.wait(minutes=1)
    office.says(MARKETER, "Thanks a lot!", thread=thread)
    office.says(COLLEAGUE, "Not for me either", thread=thread)
    assert (office.whispers(MARKETER), office.whispers(COLLEAGUE)) == ([], [])
    said = office.says(MARKETER, "Sorry, it does not opn here", thread=thread)
    assert "IT-1 is closed, so nobody is called for this." in office.whispers(MARKETER)[-1]
    edited = "Sorry, it does not open here"
    office.does(Came.EDIT, MARKETER, text=edited, conversation=MARKETING, thread=thread, message=said.message)
    office.presses(MARKETER, "reopen")
    assert office.thread()[-1] == f"@marketer reopened this: “{edited}”"
    assert f"@marketer reopened it: “{edited}”" in office.direct(LIAISON)[-1]
    office.types(LIAISON, f"reassign IT-1 @{ENGINEER}")
    told = office.thread()[-1]
    assert f"Reopened by @marketer, 2026-11-23 09:01: {edited}" in told
    assert f"Said since\n@marketer, 2026-11-23 09:01: {edited}" in told
