"""A workspace's own questions of due diligence, beside those that ship.

They are kept in versions: what a tool was asked at a moment stays as it was, so that a past verdict keeps its score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.diligence import Question
from bot.domain.errors import Invalid

MOST = 30
MOST_TEXT = 300
AREA = "our own"


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """One version of a question. `is_asked`: whether it is asked from then on; answers that were given stay."""

    version: int
    question: Question
    is_asked: bool
    by: str
    at: datetime


def asked_at(shipped: Sequence[Question], own: Sequence[OwnQuestion], moment: datetime) -> tuple[Question, ...]:
    """What is asked at a moment: those that ship, then the own ones in the order in which they were added."""
    known = newest([one for one in own if one.at <= moment])
    return (*shipped, *(one.question for one in known if one.is_asked))


def newest(own: Sequence[OwnQuestion]) -> tuple[OwnQuestion, ...]:
    """The last version of each."""
    return tuple({one.question.key: one for one in sorted(own, key=lambda one: one.version)}.values())


def next_key(own: Sequence[OwnQuestion]) -> str:
    """The key of one more question. Raises Invalid where there are as many as a form can show."""
    known = newest(own)
    if sum(one.is_asked for one in known) >= MOST:
        raise Invalid(f"{MOST} questions of your own are asked already. Retire one first.", "text")
    return f"own_{len(known) + 1}"
