"""What every chat platform does for us, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest

from bot.domain.errors import NotFound, Permanent
from bot.domain.people import Person
from bot.messages import Address, Button, Came, Card, Fact, Form, MessageRef, Request
from bot.platforms.slack.adapter import SlackChat
from bot.ports import Directory, Forms, Home, Messages, Said
from tests.support.local_slack import BOT, BOT_TOKEN, IT_MANAGER, IT_PRIVATE, LIAISON, MARKETER, MARKETING, TEAM
from tests.support.memory_chat import MemoryChat
from tests.support.memory_places import MemoryPlaces
from tests.support.stage import Stage, strict_stage
from tests.support.teams_chat import chat_on
from tests.support.teams_stage import teams_stage
from tests.support.teams_world import TENANT

NOWHERE = "C0NOWHERE"
CARD = Card(title="A title", text=("Some words",), facts=(Fact("Label", ("Value",)),), buttons=(Button("Do it", "do"),))


class Chat(Messages, Forms, Home, Directory, Protocol):
    """All ports of a platform."""


@dataclass
class Platform:
    """A platform and the eyes of the people on it: texts by conversation (and thread), whispers, Home."""

    chat: Chat
    read: Callable[[str, str], list[str]]
    whispers: Callable[[str, str], list[str]]
    home: Callable[[str], str]
    direct: Callable[[str], str]
    write: Callable[[str, str, str, str], str]
    now: datetime
    workspace: str = TEAM
    reads_replies: bool = True  # one alone, and not only with its thread


@contextmanager
def in_memory() -> Iterator[Platform]:
    people = {
        one: Person(one, name, "Europe/Berlin", is_bot=one == BOT)
        for one, name in ((MARKETER, "Marketer"), (LIAISON, "Liaison"), (IT_MANAGER, "IT Manager"), (BOT, "bot"))
    }
    rooms: dict[str, Sequence[str]] = {MARKETING: (MARKETER, LIAISON, BOT), IT_PRIVATE: (LIAISON, IT_MANAGER, BOT)}
    chat = MemoryChat(people=people, rooms=rooms, names={MARKETING: "marketing", IT_PRIVATE: "it-liaison"})

    def read(conversation: str, thread: str) -> list[str]:
        here = [one for one in chat.said if one.ref.conversation == conversation and not one.only_for]
        return [str(one.card) for one in here if thread in ("", one.thread, one.ref.message)]

    def whispers(conversation: str, person: str) -> list[str]:
        return [str(one.card) for one in chat.said if one.only_for == person and one.ref.conversation == conversation]

    yield Platform(chat, read, whispers, lambda person: str(chat.homes[person]), chat.direct, chat.write, chat.now)


@contextmanager
def on_slack() -> Iterator[Platform]:
    with strict_stage() as stage:
        people = stage.workspace

        def read(conversation: str, thread: str) -> list[str]:
            return [said(one) for one in people.messages(conversation, thread or None)]

        def whispers(conversation: str, person: str) -> list[str]:
            return [said(one) for one in people.ephemerals(conversation, person)]

        def write(person: str, conversation: str, text: str, thread: str) -> str:
            return people.say(person, conversation, text, thread or None)

        chat, home = SlackChat(BOT_TOKEN, stage.proxy.api_url), lambda one: home_text(stage, one)
        yield Platform(chat, read, whispers, home, people.dm, write, datetime.now(UTC))
        assert stage.proxy.violations == []


def home_text(stage: Stage, person: str) -> str:
    stage.workspace.wait_for(lambda: stage.workspace.home(person))
    return said(stage.workspace.home(person))


def said(value: Any) -> str:
    """Every text in a message or view."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return " ".join([*own, *(said(one) for one in value.values() if isinstance(one, dict | list))])
    return " ".join(map(said, value)) if isinstance(value, list) else ""


@contextmanager
def on_teams() -> Iterator[Platform]:
    with teams_stage() as stage:
        people = stage.workspace

        def read(conversation: str, thread: str) -> list[str]:
            return [said(one["blocks"]) for one in people.messages(conversation, thread or None)]

        def whispers(conversation: str, person: str) -> list[str]:
            return [said(one["blocks"]) for one in people.ephemerals(conversation, person)]

        def home(person: str) -> str:
            return said(people.home(person)["blocks"])

        chat = chat_on(stage.proxy.connector, MemoryPlaces())
        yield Platform(
            chat, read, whispers, home, people.dm, people.say, datetime.now(UTC), TENANT, reads_replies=False
        )
        assert stage.proxy.violations == []


@pytest.fixture(params=[in_memory, on_slack, on_teams], ids=["memory", "slack", "teams"])
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    with request.param() as found:
        yield found


def asked(platform: Platform, conversation: str = MARKETING, **more: Any) -> Request:
    direct = conversation.startswith(("D", "a:"))
    base: dict[str, Any] = {"conversation": conversation, "is_direct": direct} | more
    return Request(platform.workspace, "chat", "k", Came.COMMAND, MARKETER, datetime.now(UTC), **base)


def test_a_posted_card_is_seen_with_all_its_parts(platform: Platform) -> None:
    platform.chat.post(platform.workspace, Address(MARKETING), CARD, "one")
    (text,) = platform.read(MARKETING, "")
    assert all(words in text for words in ("A title", "Some words", "Label", "Value", "Do it"))


def test_an_update_replaces_the_message_in_place(platform: Platform) -> None:
    ref = platform.chat.post(platform.workspace, Address(MARKETING), CARD, "one")
    platform.chat.update(platform.workspace, ref, Card(text=("Other words",)), "two")
    (text,) = platform.read(MARKETING, "")
    assert "Other words" in text
    assert "Some words" not in text


def test_a_reply_stands_in_its_thread(platform: Platform) -> None:
    head = platform.chat.post(platform.workspace, Address(MARKETING), CARD, "one")
    platform.chat.post(platform.workspace, Address(MARKETING), Card(text=("Elsewhere",)), "two")
    platform.chat.post(platform.workspace, Address(MARKETING, head.message), Card(text=("A reply",)), "three")
    texts = platform.read(MARKETING, head.message)
    assert len(texts) == 2
    assert "A reply" in texts[1]


def test_a_message_is_found_by_its_key_and_by_no_other(platform: Platform) -> None:
    chat, since = platform.chat, platform.now - timedelta(minutes=1)
    one = chat.post(platform.workspace, Address(MARKETING), CARD, "one")
    assert chat.find(platform.workspace, Address(MARKETING), "one", since) == one
    assert chat.find(platform.workspace, Address(MARKETING), "two", since) is None


def test_a_reply_is_found_in_its_thread(platform: Platform) -> None:
    chat, since = platform.chat, platform.now - timedelta(minutes=1)
    head = chat.post(platform.workspace, Address(MARKETING), CARD, "one")
    reply = chat.post(platform.workspace, Address(MARKETING, head.message), CARD, "two")
    assert chat.find(platform.workspace, Address(MARKETING, head.message), "two", since) == reply


def test_a_message_to_a_person_reaches_them_directly_and_is_found_there(platform: Platform) -> None:
    chat, since = platform.chat, platform.now - timedelta(minutes=1)
    ref = chat.post(platform.workspace, Address(person=LIAISON), CARD, "one")
    assert ref.conversation == platform.direct(LIAISON)
    assert len(platform.read(ref.conversation, "")) == 1
    assert chat.find(platform.workspace, Address(person=LIAISON), "one", since) == ref


def test_a_whisper_is_seen_by_one_person_only(platform: Platform) -> None:
    platform.chat.whisper(asked(platform), CARD)
    assert len(platform.whispers(MARKETING, MARKETER)) == 1
    assert platform.whispers(MARKETING, LIAISON) == []
    assert platform.read(MARKETING, "") == []


def test_what_was_asked_directly_is_answered_directly(platform: Platform) -> None:
    direct = platform.chat.post(platform.workspace, Address(person=MARKETER), CARD, "hello").conversation
    platform.chat.whisper(asked(platform, direct, is_direct=True), Card(text=("An answer",)))
    assert "An answer" in platform.read(direct, "")[1]


def test_what_was_asked_outside_any_conversation_is_answered_directly(platform: Platform) -> None:
    platform.chat.whisper(asked(platform, ""), Card(text=("An answer",)))
    assert "An answer" in platform.read(platform.direct(MARKETER), "")[0]


def test_a_home_shows_the_last_card(platform: Platform) -> None:
    platform.chat.publish(platform.workspace, MARKETER, CARD)
    assert "Some words" in platform.home(MARKETER)


def test_members_are_the_people_of_a_conversation_by_name_without_bots(platform: Platform) -> None:
    members = platform.chat.members(platform.workspace, IT_PRIVATE)
    assert {one.id for one in members} == {LIAISON, IT_MANAGER}
    assert [one.name.casefold() for one in members] == sorted(one.name.casefold() for one in members)


def test_a_person_has_a_name_and_a_zone(platform: Platform) -> None:
    person = platform.chat.person(platform.workspace, LIAISON)
    assert person.name
    assert person.zone == "Europe/Berlin"
    assert not person.is_bot


def test_a_channel_has_a_name(platform: Platform) -> None:
    assert platform.chat.channel_name(platform.workspace, MARKETING) == "marketing"


def test_what_a_person_wrote_can_be_read_again_in_its_thread(platform: Platform) -> None:
    head = platform.write(MARKETER, MARKETING, "shall we try Klaviyo?", "")
    reply = platform.write(LIAISON, MARKETING, "we have it already", head)
    assert platform.chat.message(platform.workspace, MARKETING, head) == Said(MARKETER, "shall we try Klaviyo?")
    for message, said in ((reply, Said(LIAISON, "we have it already", head)), ("1.000001", None)):
        if platform.reads_replies:
            assert platform.chat.message(platform.workspace, MARKETING, message) == said
        else:  # what is not the beginning of a thread may be there or not
            with pytest.raises(Permanent):
                platform.chat.message(platform.workspace, MARKETING, message)


def test_what_stood_in_a_thread_before_a_message_can_be_read(platform: Platform) -> None:
    head = platform.write(MARKETER, MARKETING, "shall we try Klaviyo?", "")
    platform.write(LIAISON, MARKETING, "for what?", head)
    reply = platform.write(MARKETER, MARKETING, "the newsletter", head)
    platform.write(LIAISON, MARKETING, "we have it already", head)
    said = platform.chat.thread(platform.workspace, MARKETING, head, reply)
    assert said == [Said(MARKETER, "shall we try Klaviyo?"), Said(LIAISON, "for what?", head)]


def test_what_we_wrote_is_known_as_ours(platform: Platform) -> None:
    ref = platform.chat.post(platform.workspace, Address(MARKETING), CARD, "one")
    found = platform.chat.message(platform.workspace, MARKETING, ref.message)
    assert found is not None
    assert found.by_bot


def test_somebody_who_is_not_there_is_not_found(platform: Platform) -> None:
    with pytest.raises(NotFound):
        platform.chat.person(platform.workspace, "U0NOBODY")


def test_a_channel_we_cannot_speak_in_is_a_permanent_error_that_names_it(platform: Platform) -> None:
    with pytest.raises(Permanent) as refused:
        platform.chat.post(platform.workspace, Address(NOWHERE), CARD, "one")
    assert refused.value.code == f"channel:{NOWHERE}"
    assert refused.value.mend


def test_updating_a_message_that_is_gone_is_a_permanent_error(platform: Platform) -> None:
    with pytest.raises(Permanent) as refused:
        platform.chat.update(platform.workspace, MessageRef(MARKETING, "1.000001"), CARD, "one")
    assert refused.value.code == "gone"


def test_a_form_cannot_be_shown_where_none_was_opened(platform: Platform) -> None:
    with pytest.raises(Permanent) as refused:
        platform.chat.show(asked(platform), Form("name", "Title"))
    assert refused.value.code == "gone"
