"""The thread of a ticket is its conversation, and follows what people write, edit and delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.domain.sla import ClockKind
from bot.domain.ticket import Entry, State
from bot.messages import Came
from tests.builders import (
    COLLEAGUE,
    ENGINEER,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    TEAM,
    Office,
    a_tool,
    an_office,
    words,
)

SAID = "we'd love to try Klaviyo"


@pytest.fixture
def office() -> Office:
    """A workspace in which the marketer has just mentioned Klaviyo."""
    office = an_office()
    office.says(MARKETER, SAID, a_tool("Klaviyo"))
    return office


def test_what_is_said_in_the_thread_is_kept_with_its_files(office: Office) -> None:
    reply(office, COLLEAGUE, "here is the offer", files=("https://files/offer.pdf",))
    entry = entries(office)[-1]
    assert (entry.author, entry.text, entry.files) == (COLLEAGUE, "here is the offer", ("https://files/offer.pdf",))


def test_a_message_in_the_thread_opens_no_other_ticket(office: Office) -> None:
    reply(office, MARKETER, "or Hotjar?", heard=a_tool("Hotjar"))
    assert office.tickets() == 1
    assert office.whispers(MARKETER) == []


@pytest.mark.parametrize("who", [LIAISON, IT_MANAGER])
def test_the_first_words_of_it_in_the_thread_are_the_first_answer(office: Office, who: str) -> None:
    reply(office, who, "we have something like it")
    assert office.ticket().state is State.IN_REVIEW
    assert not is_running(office, ClockKind.FIRST_RESPONSE)
    assert is_running(office, ClockKind.RESOLUTION)
    assert "First answer" not in words(office.card())


@pytest.mark.parametrize("who", [MARKETER, COLLEAGUE, ENGINEER])
def test_what_others_say_is_no_answer_of_it(office: Office, who: str) -> None:
    reply(office, who, "I would like that too")
    assert office.ticket().state is State.ASSIGNED
    assert is_running(office, ClockKind.FIRST_RESPONSE)


def test_an_it_person_who_asks_does_not_answer_themselves() -> None:
    office = an_office()
    office.says(LIAISON, "I want Klaviyo", a_tool("Klaviyo"))
    reply(office, LIAISON, "soon, please")
    assert is_running(office, ClockKind.FIRST_RESPONSE)


def test_any_answer_of_marketing_ends_the_wait(office: Office) -> None:
    office.submits(LIAISON, "wait", {"text": "which plan?"}, ticket="IT-1")
    reply(office, LIAISON, "no hurry")
    assert office.ticket().state is State.WAITING
    reply(office, COLLEAGUE, "the small one")
    assert office.ticket().state is State.IN_REVIEW


def test_words_in_the_thread_of_a_closed_ticket_are_kept_but_wake_nothing(office: Office) -> None:
    office.submits(LIAISON, "resolve", {"text": "no"}, ticket="IT-1")
    revision = office.ticket().revision
    reply(office, MARKETER, "thanks")
    assert office.ticket().revision == revision
    assert (office.ticket().state, entries(office)[-1].text) == (State.CLOSED, "thanks")


def test_a_message_of_the_thread_delivered_again_is_kept_once(office: Office) -> None:
    said = reply(office, LIAISON, "hello")
    reply(office, LIAISON, "hello", message=said)
    assert [entry.text for entry in entries(office)] == [SAID, "hello"]
    assert len(events(office, "answered")) == 1


def test_an_edit_is_followed(office: Office) -> None:
    said = reply(office, COLLEAGUE, "it costs 99")
    change(office, Came.EDIT, said, "it costs 199")
    assert (entries(office)[-1].text, entries(office)[-1].edited_at) == ("it costs 199", office.clock.at)
    assert events(office, "source_edited") == []


def test_an_edit_of_the_message_it_came_from_stands_in_the_log(office: Office) -> None:
    office.detector.script["we'd love to try Klaviyo!"] = a_tool("Klaviyo")
    change(office, Came.EDIT, office.ticket().place.message, "we'd love to try Klaviyo!")
    assert entries(office)[0].text == "we'd love to try Klaviyo!"
    assert len(events(office, "source_edited")) == 1
    assert len(office.thread()) == 2


def test_a_deleted_message_leaves_no_words(office: Office) -> None:
    said = reply(office, COLLEAGUE, "the password is hunter2", files=("https://files/1",))
    change(office, Came.DELETION, said)
    assert (entries(office)[-1].text, entries(office)[-1].files) == ("", ())
    assert "hunter2" not in repr(office.store.state)
    assert len(office.thread()) == 2


def test_if_the_message_it_came_from_is_deleted_the_thread_asks_whether_it_is_over(office: Office) -> None:
    for _ in range(2):
        change(office, Came.DELETION, office.ticket().place.message)
    assert office.thread()[2:] == [
        "The message this came from was deleted. @marketer, if it is over, press Withdraw or “Not this”."
    ]
    assert office.ticket().state is State.ASSIGNED


def test_deleting_the_message_of_a_closed_ticket_asks_nothing(office: Office) -> None:
    office.submits(LIAISON, "resolve", {"text": "no"}, ticket="IT-1")
    before = office.thread()
    change(office, Came.DELETION, office.ticket().place.message)
    assert office.thread() == before


@pytest.mark.parametrize("came", [Came.EDIT, Came.DELETION])
def test_changes_of_messages_that_are_nobodys_leave_no_trace(office: Office, came: Came) -> None:
    before = office.channel()
    change(office, came, "m999", "a secret")
    assert "a secret" not in repr(office.store.state)
    assert office.channel() == before


def reply(office: Office, who: str, text: str, **more: Any) -> str:
    return office.says(who, text, thread=office.ticket().place.thread, **more).message


def change(office: Office, came: Came, message: str, text: str = "") -> None:
    place = {"conversation": MARKETING, "thread": "" if message == office.ticket().place.message else "m1"}
    office.does(came, MARKETER, message=message, text=text, **place)


def entries(office: Office) -> Sequence[Entry]:
    with office.store.unit_of_work() as uow:
        return uow.log.entries(TEAM, 1)


def events(office: Office, what: str) -> list[object]:
    with office.store.unit_of_work() as uow:
        return [event for event in uow.log.events(TEAM, 1) if event.what == what]


def is_running(office: Office, kind: ClockKind) -> bool:
    with office.store.unit_of_work() as uow:
        return any(clock.is_open for clock in uow.clocks.of(TEAM, 1) if clock.kind is kind)
