"""The answers to a kind's questions, as people type them: what is wrong with them, and the facts they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from bot.domain.amounts import amount_of
from bot.domain.campaign_words import order_value_of, share_of, span_of, span_words, time_of
from bot.domain.channel_words import known_channels
from bot.domain.errors import Invalid
from bot.domain.kinds import Input, Question
from bot.services.agreement import person_in

FILL_IN = "Please fill this in."
YEARS = 10  # a day later than that is a slip
FARTHEST_WEST = timedelta(hours=12)  # while a day is over here, it may still be that day for who types it


def wrong_answers(
    questions: Iterable[Question], values: Mapping[str, str], at: datetime, known: Mapping[str, str] | None = None
) -> Mapping[str, str]:
    """What is wrong with the answers to some questions, by field; a day that was `known` may be over by now."""
    found = {one.key: _wrong(one, values.get(one.key, "").strip()) for one in questions}
    today = (at - FARTHEST_WEST).date()
    for one in questions:
        value = values.get(one.key, "").strip()
        if one.input is Input.DATE and value and not found[one.key] and value != (known or {}).get(one.key):
            found[one.key] = _odd_day(date.fromisoformat(value), today)
    return {key: words for key, words in found.items() if words}


def _odd_day(day: date, today: date) -> str:
    if day < today:
        return "That day is over. Which one do you mean?"
    return "That is more than ten years from now. Which day do you mean?" if day.year > today.year + YEARS else ""


def facts_of(questions: Iterable[Question], values: Mapping[str, str]) -> dict[str, str]:
    """The answers to some questions as facts, each written one way, without those left empty."""
    given = ((one, values.get(one.key, "").strip()) for one in questions)
    return {one.key: _written(one, value) for one, value in given if value}


def person_fact(person: str) -> str:
    """Somebody, as a fact keeps them."""
    return f"@{person}"


def _wrong(question: Question, value: str) -> str:
    if not value:
        return FILL_IN if question.required else ""
    if len(value) > question.most:
        return f"Please use at most {question.most} characters; this has {len(value)}."
    try:
        _written(question, value)
    except Invalid as error:
        return error.words
    return ""


def _written(question: Question, value: str) -> str:
    if question.input is Input.CHOICE and value not in question.choices:
        raise Invalid("Please choose one of the answers.")
    write = _WRITERS.get(question.input)
    return write(value) if write else value


def _people(words: str) -> str:
    number = amount_of(words)
    if not number:
        raise Invalid("It reaches nobody? Leave this empty if you don't know yet.")
    return str(number)


def _day(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        raise Invalid("Please choose a day.") from None


def _channels(words: str) -> str:
    known_channels(words)
    return words


def _person(words: str) -> str:
    found = person_in(words)
    return person_fact(found) if found else words


_WRITERS: Mapping[Input, Callable[[str], str]] = {
    Input.AMOUNT: _people,
    Input.DATE: _day,
    Input.CHANNELS: _channels,
    Input.TIME: lambda words: f"{time_of(words):%H:%M}",
    Input.SPAN: lambda words: span_words(span_of(words)),
    Input.SHARE: lambda words: f"{share_of(words) * 100:.6g} %",
    Input.MONEY: lambda words: str(order_value_of(words)).strip(),
    Input.PERSON: _person,
}
