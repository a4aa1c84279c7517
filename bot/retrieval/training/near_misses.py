"""Passages with questions that they answer and questions that they only seem to, from a text file."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.retrieval.training.pairs import Pair

_ELSEWHERE = 0.2  # share of the questions that are also asked of another passage
_UNTITLED = 0.1  # share of the questions that are also asked of the passage without its title


@dataclass(frozen=True)
class Told:
    """A passage, what it answers and what it only seems to answer."""

    title: str
    text: str
    answers: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


def read_near_misses(file: Path) -> list[Told]:
    """The passages (`@ language | title | text`) of a file, with their questions (`+`, `-`); `#` begins a remark.

    Raises ValueError, with the line, where it can't be read.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} can't be read as text ({type(error).__name__}).") from None
    found: list[Told] = []
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            _take(found, line.strip(), f"{file}, line {number}")
    if not found:
        raise ValueError(f"There is no passage in {file}.")
    return found


def near_pairs(told: Sequence[Told], source: random.Random) -> Iterator[Pair]:
    """Each question with its passage; some with another passage too, some with the passage alone."""
    for one in told:
        for question in (*one.answers, *one.misses):
            is_answered = question in one.answers
            yield Pair(question, one.title, one.text, is_answered)
            other = source.choice(told)
            if source.random() < _ELSEWHERE and other is not one:
                yield Pair(question, other.title, other.text, False)
            if source.random() < _UNTITLED:
                yield Pair(question, "", one.text, is_answered)


def _take(found: list[Told], line: str, place: str) -> None:
    mark, rest = line[0], line[1:].strip()
    if mark == "@":
        parts = [part.strip() for part in rest.split("|", 2)]
        if len(parts) < 3 or not all(parts):
            raise ValueError(f"{place}: a passage is “@ language | title | text”.")
        found.append(Told(parts[1], parts[2]))
    elif mark not in "+-" or not rest:
        raise ValueError(f"{place}: a line begins with @ (passage), + (answered), - (not answered) or #.")
    elif not found:
        raise ValueError(f"{place}: a question stands before the first passage.")
    else:
        (found[-1].answers if mark == "+" else found[-1].misses).append(rest)
