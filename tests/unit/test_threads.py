"""A reply is judged with its thread where that could matter, and the thread is read only then."""

from __future__ import annotations

import pytest

from bot.domain.errors import Passing, Permanent
from bot.messages import Came, Request
from bot.ports import Directory
from tests.builders import (
    COLLEAGUE,
    MARKETER,
    MARKETING,
    SILENCE,
    UNSURE,
    Office,
    a_channel,
    a_tool,
    an_office,
)

ROOT = "would Contentful be an option?"
AGREES = "yes, let's take it"


@pytest.fixture
def office() -> Office:
    """A workspace in which a reply means something only with its thread."""
    office = an_office()
    office.detector.in_thread[ROOT, AGREES] = a_tool("Contentful")
    return office


def test_a_reply_that_agrees_to_its_thread_opens_a_ticket(office: Office) -> None:
    replies(office, AGREES)
    assert office.ticket().title == "Contentful"


def test_the_thread_is_not_asked_for_where_the_reply_says_enough(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = count_reads(office, monkeypatch)
    replies(office, "lunch?")
    office.says(MARKETER, AGREES)
    assert asked == []


def test_once_the_thread_was_asked_about_replies_speak_for_themselves(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = office.says(MARKETER, ROOT, a_tool("Contentful", sure=UNSURE))
    asked = count_reads(office, monkeypatch)
    office.says(COLLEAGUE, AGREES, thread=root.message)
    assert (asked, office.tickets(), office.whispers(COLLEAGUE)) == ([], 0, [])


@pytest.mark.parametrize("error", [Passing("Slack is slow."), Permanent("gone", "gone")])
def test_if_the_thread_cannot_be_read_the_reply_is_judged_alone(office: Office, error: Exception) -> None:
    root = office.says(MARKETER, ROOT, SILENCE)
    office.detector.script[AGREES] = a_tool("Klaviyo")
    said = office.chat.write(COLLEAGUE, MARKETING, AGREES, root.message)
    office.chat.fail_with = error
    office.does(Came.MESSAGE, COLLEAGUE, text=AGREES, conversation=MARKETING, thread=root.message, message=said)
    assert office.ticket().title == "Klaviyo"


def test_a_reply_somebody_points_at_is_read_with_its_thread(office: Office) -> None:
    office.detector.in_thread[ROOT, "fine by me"] = a_tool("Contentful")
    office.detector.leans_on_thread = lambda heard: False  # type: ignore[method-assign]
    reply = replies(office, "fine by me")
    assert office.tickets() == 0
    office.does(Came.REACTION, COLLEAGUE, name="ticket", conversation=MARKETING, message=reply.message)
    assert office.ticket().title == "Contentful"


def test_of_a_thread_that_became_nothing_nothing_is_kept(office: Office) -> None:
    office.detector.in_thread[ROOT, AGREES] = SILENCE
    replies(office, AGREES)
    assert ROOT not in repr(office.store.state)


def test_a_question_about_a_reply_keeps_the_thread_until_it_is_answered_and_longer_where_it_learns() -> None:
    for learning in (False, True):
        office = an_office(a_channel(learning=learning))
        office.detector.in_thread[ROOT, AGREES] = a_tool("Contentful", sure=UNSURE)
        reply = replies(office, AGREES)
        assert ROOT in repr(office.store.state.questions)
        office.presses(COLLEAGUE, "question", f"no:{reply.key}")
        assert ROOT not in repr(office.store.state.questions)
        assert [one.context for one in office.store.state.labels.values()] == [ROOT if learning else ""]


def replies(office: Office, text: str) -> Request:
    root = office.says(MARKETER, ROOT, SILENCE)
    return office.says(COLLEAGUE, text, thread=root.message)


def count_reads(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads that are read from now on."""
    asked: list[str] = []
    chat: Directory = office.chat
    read = chat.thread

    def counted(workspace: str, conversation: str, thread: str, before: str) -> object:
        asked.append(thread)
        return read(workspace, conversation, thread, before)

    monkeypatch.setattr(office.chat, "thread", counted)
    return asked
