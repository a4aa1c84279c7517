"""The answers a ticket's due diligence has, in versions, and how the tool stands by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.diligence import Answer, Asker, Question, Score, Tier, applying, holds, residual, reused, score, stale
from bot.domain.policy import Criterion

VENDOR = "vendor"  # the author of what came back in the vendor's questionnaire
OF_THE_VENDOR = frozenset({Asker.VENDOR, Asker.IT})  # what one wants a tool for is asked anew each time


@dataclass(frozen=True, slots=True)
class Given:
    """One version of an answer: on which ticket, about which vendor, when, and by whom it was written down."""

    number: int
    vendor: str
    version: int
    at: datetime
    by: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ticket's tool stands: what is asked of it, the newest answer to each question, what they add up to.

    `answers` are the ticket's own, else what another review of the same vendor left; `stale` are the questions whose
    answer is too old. `disputes_review`: they say that the tool sees customers' data, and the review says not.
    """

    number: int
    tier: Tier
    asked: tuple[Question, ...]
    answers: Mapping[str, Given]
    stale: tuple[Question, ...]
    criteria: tuple[Criterion, ...]
    score: Score
    disputes_review: bool = False

    @property
    def residual(self) -> Tier:
        """The risk that is left."""
        return residual(self.tier, self.score)

    def of(self, asker: Asker) -> tuple[Question, ...]:
        """Everything somebody is asked, in its order."""
        return tuple(one for one in self.asked if one.asker is asker)

    def open_with(self, asker: Asker) -> tuple[Question, ...]:
        """What they have still to answer."""
        waiting = {one.key for one in self.score.open}
        return tuple(one for one in self.of(asker) if one.key in waiting)

    def is_reused(self, key: str) -> bool:
        """Whether an answer comes from another ticket."""
        return key in self.answers and self.answers[key].number != self.number


def standing(
    number: int, questions: Sequence[Question], tier: Tier, own: Sequence[Given], earlier: Iterable[Given],
    criteria: Sequence[Criterion], today: date,
) -> Standing:  # fmt: skip
    """How a tool stands. `own`: the ticket's answers, oldest first; `earlier`: those of others to the same vendor."""
    answers = _known(questions, own, earlier, today)
    plain = {key: given.answer for key, given in answers.items()}
    asked = applying(questions, tier, plain)
    found = score(questions, tier, plain, criteria, today)
    return Standing(number, tier, asked, answers, stale(asked, plain, today), tuple(criteria), found)


def newest(given: Iterable[Given]) -> dict[str, Given]:
    """The last version of each answer."""
    return {one.answer.question: one for one in sorted(given, key=lambda one: one.version)}


def next_version(answer: Answer, known: Given | None, ticket: tuple[int, str], by: str, at: datetime) -> Given:
    """An answer as the next version of the ticket's own. `ticket`: its number, and the vendor."""
    return Given(*ticket, known.version + 1 if known else 1, at, by, answer)


def changes(given: Iterable[Given]) -> dict[str, str]:
    """What an event says of some answers: the level by question."""
    return {one.answer.question: one.answer.level.value for one in given}


def _known(
    questions: Sequence[Question], own: Sequence[Given], earlier: Iterable[Given], today: date
) -> dict[str, Given]:
    mine = newest(own)
    lent = {one.answer: one for one in earlier}
    wanted = [one for one in questions if one.asker in OF_THE_VENDOR]
    known: dict[str, Given] = {key: lent[answer] for key, answer in reused(wanted, lent, today).items()}
    by_key = {one.key: one for one in questions}
    for key, given in mine.items():
        if key in by_key and (key not in known or holds(by_key[key], given.answer, today)):
            known[key] = given
    return known
