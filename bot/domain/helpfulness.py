"""What became of answers: quoted or a person's, and what those who asked said of them. Nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from bot.domain.events import Event, What

HELPED, NO_HELP = "the answer helped", "the answer did not help"


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


@dataclass(frozen=True, slots=True)
class ByPeople:
    """What people answered: how many questions, half of them within `median_s` working seconds (None if nothing was
    answered), and how many of those that were rated helped the asker."""

    answered: int
    median_s: float | None
    rated: int
    helped: int


def by_people(logs: Mapping[int, Iterable[Event]], taken_s: Mapping[int, float]) -> ByPeople:
    """The logs of questions' tickets, by number, and how many working seconds each took to its first answer, if it has
    one. Of somebody's ratings the last one counts."""
    took = [taken_s[number] for number in logs if number in taken_s]
    last = [[event.why for event in log if event.what is What.RATED][-1:] for log in logs.values()]
    rated = [why for found in last for why in found]
    return ByPeople(len(took), median(took) if took else None, len(rated), rated.count(HELPED))
