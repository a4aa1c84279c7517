"""What became of answers: quoted or not, and what those who asked said of them. Nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What an asker said of a quoted answer; nothing yet, or not at all."""

    NONE = ""
    HELPS = "helps"
    NOT_QUITE = "not_quite"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One question that was put: where, when, the title of the article it was answered with, empty if with none.

    `number`: the ticket it became. `id`: its number in the store, 0 before. Who asked, and what, is not kept.
    """

    workspace: str
    conversation: str
    at: datetime
    article: str = ""
    number: int | None = None
    verdict: Verdict = Verdict.NONE
    id: int = 0


@dataclass(frozen=True, slots=True)
class Helpfulness:
    """The answers of a period. `gaps`: the tickets of questions that nothing answered, newest first; `doubted`: titles
    of articles that were said not to help, the most often said first."""

    asked: int
    quoted: int
    helped: int
    gaps: tuple[int, ...]
    doubted: tuple[str, ...]


def helpfulness(given: Sequence[Enquiry]) -> Helpfulness:
    """What became of some questions, oldest first."""
    quoted = [one for one in given if one.article]
    doubted = Counter(one.article for one in quoted if one.verdict in {Verdict.NOT_QUITE, Verdict.PERSON})
    gaps = dict.fromkeys(one.number for one in reversed(given) if not one.article and one.number is not None)
    return Helpfulness(
        asked=len(given),
        quoted=len(quoted),
        helped=sum(one.verdict is Verdict.HELPS for one in quoted),
        gaps=tuple(gaps),
        doubted=tuple(title for title, _ in doubted.most_common()),
    )
