"""What somebody who takes a ticket over must know of its conversation: the last answers, the open questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.domain.ticket import Entry

ANSWERS = 2
QUESTIONS = 3
SINCE = 2
_SENTENCE = re.compile(r"[^.!?\n]*\?")


def last_answers(entries: Sequence[Entry], askers: Collection[str]) -> tuple[Entry, ...]:
    """The last two answers, oldest first: what was said in the thread by anybody but those who ask."""
    return tuple(entry for entry in _said(entries) if entry.author not in askers)[-ANSWERS:]


def open_questions(entries: Sequence[Entry], askers: Collection[str]) -> tuple[tuple[Entry, str], ...]:
    """What those who ask have asked since the last answer, up to three sentences with a question mark, oldest first.

    Before the first answer that is all they have asked.
    """
    asked = [
        (entry, " ".join(sentence.split()))
        for entry in _since_the_answer(entries, askers)
        for sentence in _SENTENCE.findall(entry.text)
        if sentence.strip(" ?")
    ]
    return tuple(asked[-QUESTIONS:])


def said_since_answered(entries: Sequence[Entry], askers: Collection[str]) -> tuple[Entry, ...]:
    """The last two messages of those who ask since the last answer that ask nothing, without the request itself."""
    said = _since_the_answer(entries, askers)
    more = said[1:] if len(said) == len(_said(entries)) else said
    return tuple(entry for entry in more if not any(one.strip(" ?") for one in _SENTENCE.findall(entry.text)))[-SINCE:]


def _since_the_answer(entries: Sequence[Entry], askers: Collection[str]) -> list[Entry]:
    said = _said(entries)
    answered = max((number for number, entry in enumerate(said, 1) if entry.author not in askers), default=0)
    return said[answered:]


def _said(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if not entry.internal and entry.deleted_at is None and entry.text.strip()]
