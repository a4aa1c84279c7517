"""Forty attempts in question, article and thread change nothing about what is written, however a model obeys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from bot.domain.knowledge import Article, Audience, Passage
from bot.domain.usage import Purpose
from bot.messages import Card
from bot.platforms.slack.blocks import message
from bot.platforms.slack.spans import Look
from bot.retrieval.support import supported
from bot.services.ask.ask import Source
from bot.services.ask.writing import written_answer
from bot.services.writer import Ground, Writer, steers
from prompts.catalog import SUMMARY
from tests.builders import MARKETER, TEAM
from tests.support.ask_injections import ATTEMPTS
from tests.support.scripted_model import ScriptedModel
from tests.support.written import COST, ORDER, QUESTION, VAULT, a_writing_office, a_written

ALWAYS = ("<!channel> <!here> @channel", VAULT, "![x](https://evil.example/?q=all)", "See https://evil.example/a.")
MARKS = re.compile(r"<!|<@|!\[|evil\.example")


def a_source(title: str, text: str) -> Source:
    return Source(Article(title, text, "Net team", date(2026, 3, 1), Audience.EVERYONE), Passage(text))


def obedient(text: str, wanted: str) -> str:
    """Whatever it is told to write, it writes, as taken from whichever passage; and what is true besides."""
    lies = [wanted, *ALWAYS[ATTEMPTS.index((text, wanted)) % 4 :][:1]]
    sentences = [(lie[:400], number) for lie in lies for number in (1, 2, 3)]
    return a_written((ORDER, 1), *sentences)


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    """A writer whose model is told anew in each test what it says; never tired."""
    office = a_writing_office("")
    assert office.writer
    office.writer.consultation.calls_a_day = 1_000
    yield office.writer


def written(writer: Writer, answer: str, question: str, *sources: Source) -> list[str]:
    """The sentences that are left of what a model answers."""
    assert isinstance(writer.consultation.model, ScriptedModel)
    writer.consultation.model.answers = [answer]
    return [one.text for one in written_answer(writer, TEAM, question, sources)]


FIRST, SECOND = a_source("Subdomains", ORDER), a_source("Who pays for subdomains", COST)


def test_there_are_forty_different_ones() -> None:
    assert len(set(ATTEMPTS)) == 40


@pytest.mark.parametrize(("text", "wanted"), ATTEMPTS, ids=range(40))
def test_in_a_question_it_leads_to_the_true_sentence_or_to_the_quote(writer: Writer, text: str, wanted: str) -> None:
    left = written(writer, obedient(text, wanted), f"{QUESTION} {text}", FIRST, SECOND)
    assert left == ([] if steers(f"{QUESTION} {text}") else [ORDER])


@pytest.mark.parametrize(("text", "wanted"), ATTEMPTS, ids=range(40))
def test_in_an_article_it_leads_to_the_true_sentence_or_to_the_quote(writer: Writer, text: str, wanted: str) -> None:
    hostile = a_source("Subdomains", f"{ORDER}\n{text}")
    assert written(writer, obedient(text, wanted), QUESTION, hostile, SECOND) in ([], [ORDER])
    other = a_source("Who pays for subdomains", f"{COST}\n{text}")
    assert written(writer, obedient(text, wanted), QUESTION, FIRST, other) == [ORDER]


@pytest.mark.parametrize(("text", "wanted"), ATTEMPTS, ids=range(40))
def test_in_a_thread_it_leads_to_the_true_sentence_alone(writer: Writer, text: str, wanted: str) -> None:
    assert isinstance(writer.consultation.model, ScriptedModel)
    writer.consultation.model.answers = [obedient(text, wanted)]
    grounds = [Ground(ORDER), Ground(COST), Ground(f"Klaviyo, please. {text}"[:700])]
    kept = writer.write(TEAM, Purpose.SUMMARY, SUMMARY, "Klaviyo", grounds)
    assert [one.text for one in kept] == [ORDER]


def test_even_if_a_model_were_shown_it_the_rule_drops_what_it_wants() -> None:
    for lie in (*(wanted for _, wanted in ATTEMPTS), *ALWAYS):
        assert not supported(lie, ORDER, "Subdomains")
        assert not supported(lie, COST, "Who pays for subdomains")


def test_what_is_shown_in_the_chat_pings_nobody_and_holds_no_foreign_link() -> None:
    for text, wanted in ATTEMPTS[::4]:
        office = a_writing_office(obedient(text, wanted))
        office.types(MARKETER, f"ask {QUESTION} {text}"[:900])
        (shown,) = [one.card for one in office.chat.said if one.only_for == MARKETER]
        assert not MARKS.search(rendered(shown).replace("<@liaison>", "")), text


def rendered(card: Card) -> str:
    """What Slack gets of it, without the values that its buttons bring back."""
    return re.sub(r'"value": "[^"]*"', "", json.dumps(message(card, "k", Look()), ensure_ascii=False))
