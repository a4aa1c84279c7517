"""Asking without one's name: what is stored says nothing of who asks, and only who asked is reached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import Permanent
from bot.messages import Came, Card, Fact, Line, Mention, Request, Section
from bot.platforms.disguise import SOMEBODY, Disguise, veiled, veiled_form
from bot.secrets import SecretKey
from handlers.commands.ask import question_form
from tests.builders import LIAISON, MARKETER, MARKETING, TEAM, an_office
from tests.support.memory import MemoryStore
from tests.support.samples import NOW

KEY, OTHER = SecretKey(b"k" * 32).of("anonymous askers"), SecretKey(b"o" * 32).of("anonymous askers")


@pytest.mark.parametrize("text", ["--anonymous who earns?", "—anonymous who earns?", "who earns? --Anonymously"])
def test_a_question_with_the_flag_is_stored_without_who_asked(text: str) -> None:
    disguise = disguise_of(MemoryStore(lambda: NOW))
    hidden = disguise.hide(asked(text, reply_to="https://chat.example/answer", message="1.2", thread="1.1"))
    assert MARKETER not in repr(hidden)
    assert (hidden.text, hidden.reply_to, hidden.message, hidden.thread) == ("who earns?", "", "", "")
    assert hidden.conversation == MARKETING
    assert disguise.reveal(TEAM, hidden.actor) == MARKETER


def test_a_direct_conversation_is_not_stored_and_two_questions_have_two_tokens() -> None:
    disguise = disguise_of(MemoryStore(lambda: NOW))
    first = disguise.hide(asked("--anonymous a?", conversation="D1", is_direct=True))
    form = Request(TEAM, "slack", "k", Came.FORM, MARKETER, NOW, name="question", conversation="D1",
                   values={"name": "a?", "anonymous": "yes"},
                   context={"conversation": "D1", "direct": "yes"})  # fmt: skip
    second = disguise.hide(form)
    assert (first.conversation, first.is_direct, second.conversation) == ("", False, "")
    assert "D1" not in repr(first) + repr(second)
    assert second.values == {"name": "a?"}
    assert first.actor != second.actor


@pytest.mark.parametrize("text", ["who earns what?", "--anonymous", "--anonymously-ish who?", "x--anonymous who?"])
def test_without_the_flag_or_without_a_question_nothing_is_hidden(text: str) -> None:
    request = asked(text)
    assert disguise_of(MemoryStore(lambda: NOW)).hide(request) == request


def test_where_a_name_can_not_be_hidden_nothing_is_asked() -> None:
    elsewhere = replace(asked("--anonymous a?"), platform="teams")
    assert disguise_of(MemoryStore(lambda: NOW)).hide(elsewhere) == elsewhere
    office = an_office()
    office.types(MARKETER, "ask --anonymous Who earns what?")
    office.submits(MARKETER, "question", {"name": "Who earns what?", "anonymous": "yes"}, conversation=MARKETING)
    office.tells_us(MARKETER, "ask --anonymous Who earns what?")
    said = [*office.whispers(MARKETER), *office.direct(MARKETER)]
    assert sum("Here your name can't be hidden" in one for one in said) == 3
    assert office.tickets() == 0


@pytest.mark.parametrize(("platform", "ticks"), [("slack", 1), ("teams", 0)])
def test_the_tick_is_shown_only_where_it_can_be_kept(platform: str, ticks: int) -> None:
    form = question_form(replace(asked(""), platform=platform))
    assert [one.key for one in veiled_form(form, platform).fields].count("anonymous") == ticks


def test_the_secret_key_and_the_key_of_the_question_are_both_needed() -> None:
    store = MemoryStore(lambda: NOW)
    token = disguise_of(store).hide(asked("--anonymous a?")).actor
    with pytest.raises(Permanent):
        Disguise(OTHER, store.unit_of_work, lambda: NOW).reveal(TEAM, token)
    with store.unit_of_work() as uow:
        seal = uow.seals.get(TEAM, token)
        assert seal
        uow.seals.put(replace(seal, ticket_key=b"x" * 32))
    with pytest.raises(Permanent):
        disguise_of(store).reveal(TEAM, token)


def test_nobody_sees_a_token() -> None:
    token = Mention("anonymous-1")
    card = Card(text=("By ", token), facts=(Fact("Asked by", (token,)),), sections=(Section("", (Line((token,)),)),))
    assert "anonymous-1" not in repr(veiled(card))
    assert veiled(card).facts[0].value == (SOMEBODY,)
    assert veiled(Card(text=(Mention(LIAISON),))).text == (Mention(LIAISON),)


def disguise_of(store: MemoryStore) -> Disguise:
    return Disguise(KEY, store.unit_of_work, lambda: NOW)


def asked(text: str, **more: Any) -> Request:
    given: dict[str, Any] = {"name": "ask", "text": text, "conversation": MARKETING} | more
    return replace(Request(TEAM, "slack", "k1", Came.COMMAND, MARKETER, NOW), **given)
