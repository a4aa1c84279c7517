"""Due diligence of a tool: which questions are asked, what answers are worth, and what they add up to.

Answers count 0 none, 1 partly, 2 yes as claimed, 3 yes with evidence; unknown counts 0 and stays open; what does not
apply leaves the sum. A knock-out is never traded against points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from bot.domain.errors import Invalid
from bot.domain.policy import Asked, Criterion, DataClass, Integration, Lane

MOST_POINTS = 3
BUY_FROM, CONDITIONS_FROM = 75, 60  # percent
MOST_WORDS = 2000


class Tier(IntEnum):
    """How much is at stake; a higher tier asks more."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Asker(StrEnum):
    """Who answers a question."""

    MARKETER = "marketer"
    IT = "it"
    VENDOR = "vendor"


class Level(StrEnum):
    """What an answer says."""

    NO = "no"
    PARTLY = "partly"
    YES = "yes"
    EVIDENCED = "evidenced"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


POINTS = {Level.NO: 0, Level.PARTLY: 1, Level.YES: 2, Level.EVIDENCED: 3, Level.UNKNOWN: 0}


class Advice(StrEnum):
    """What the answers speak for; people decide."""

    BUY = "approve"
    CONDITIONS = "approve_with_conditions"
    NOT_YET = "not_yet"
    NO = "reject"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Asked from `tier` on, where `after` (question: levels) was answered so; knocks out from
    `knocks_out` on if the answer is no or unknown; an answer holds `valid_days`. Not `scored` is what only leads on.
    """

    key: str
    area: str
    criterion: str
    text: str
    asker: Asker
    tier: Tier = Tier.LOW
    after: Mapping[str, frozenset[Level]] = field(default_factory=dict)
    knocks_out: Tier | None = None
    valid_days: int = 365
    hint: str = ""
    scored: bool = True

    def until(self, answered_on: date) -> date:
        """The last day on which an answer of that day holds."""
        return answered_on + timedelta(days=self.valid_days)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said, when, and what shows it. Raises Invalid where it can't stand."""

    question: str
    level: Level
    author: str
    on: date
    note: str = ""
    evidence: str = ""

    def __post_init__(self) -> None:
        if len(self.note) > MOST_WORDS or len(self.evidence) > MOST_WORDS:
            raise Invalid(f"Keep an answer below {MOST_WORDS:,} characters.", self.question)
        if self.level is Level.EVIDENCED and not self.evidence.strip():
            raise Invalid("Name the evidence: a link, a document, a page.", self.question)
        if self.level is Level.NOT_APPLICABLE and not self.note.strip():
            raise Invalid("Say why the question does not apply.", self.question)


@dataclass(frozen=True, slots=True)
class Score:
    """What the answers add up to; `percent`, `by_criterion` and `complete` (the share answered) run from 0 to 100."""

    percent: float
    by_criterion: Mapping[str, float]
    knock_outs: tuple[Question, ...]
    open: tuple[Question, ...]
    complete: float
    oldest: date | None
    advice: Advice


def stale(questions: Iterable[Question], answers: Mapping[str, Answer], today: date) -> tuple[Question, ...]:
    """The questions whose answer has grown too old."""
    return tuple(one for one in questions if one.key in answers and not holds(one, answers[one.key], today))


def tier_of(asked: Asked, lane: Lane) -> Tier:
    """How much is at stake: the data and the depth of the integration, at least what the policy's lane says."""
    if lane is Lane.FULL or asked.data is DataClass.SENSITIVE or asked.integration is Integration.CORE:
        return Tier.HIGH
    is_medium = lane is Lane.STANDARD or asked.data is DataClass.PERSONAL
    return Tier.MEDIUM if is_medium else Tier.LOW


def applying(questions: Iterable[Question], tier: Tier, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """The questions of a review: those of its tier, less those that earlier answers have made needless."""
    return tuple(one for one in questions if one.tier <= tier and _follows(one, answers))


def to_ask(
    questions: Iterable[Question], tier: Tier, answers: Mapping[str, Answer], today: date
) -> tuple[Question, ...]:
    """The questions of a review that nobody has answered, or whose answer has grown too old."""
    return tuple(
        one
        for one in applying(questions, tier, answers)
        if one.key not in answers or not holds(one, answers[one.key], today)
    )


def holds(question: Question, answer: Answer, today: date) -> bool:
    """Whether an answer is young enough to be used again."""
    return today <= question.until(answer.on)


def reused(questions: Iterable[Question], earlier: Iterable[Answer], today: date) -> dict[str, Answer]:
    """The newest answer of earlier reviews of the same vendor to each question, as far as it still holds."""
    known = {question.key: question for question in questions}
    newest: dict[str, Answer] = {}
    for answer in earlier:
        question = known.get(answer.question)
        if question is None or not holds(question, answer, today):
            continue
        kept = newest.get(answer.question)
        if kept is None or answer.on >= kept.on:
            newest[answer.question] = answer
    return newest


def score(
    questions: Sequence[Question], tier: Tier, answers: Mapping[str, Answer], criteria: Sequence[Criterion], today: date
) -> Score:
    """What the answers to a review's questions add up to; a criterion nobody asks about leaves the sum."""
    asked = applying(questions, tier, answers)
    still_open = to_ask(questions, tier, answers, today)
    given = {one.key: answers[one.key] for one in asked if one not in still_open}
    by_criterion = _by_criterion(asked, given, criteria)
    weights = {one.key: one.weight for one in criteria if one.key in by_criterion}
    total = sum(weights.values())
    percent = sum(by_criterion[key] * weight for key, weight in weights.items()) / total if total else 0.0
    unknown = [one for one in asked if one.key in given and given[one.key].level is Level.UNKNOWN]
    knocked = tuple(one for one in asked if _knocks_out(one, given.get(one.key), tier))
    dates = [answer.on for answer in given.values()]
    return Score(
        percent=round(percent, 1),
        by_criterion=by_criterion,
        knock_outs=knocked,
        open=(*still_open, *unknown),
        complete=100 * (len(given) - len(unknown)) / len(asked) if asked else 100.0,
        oldest=min(dates, default=None),
        advice=_advice(percent, knocked),
    )


def residual(tier: Tier, found: Score) -> Tier:
    """The risk that is left: one step below the tier where the answers speak for buying, one above where they don't.

    What is open counts as not there; a knock-out leaves the highest.
    """
    if found.knock_outs:
        return Tier.HIGH
    step = -1 if found.percent >= BUY_FROM else 0 if found.percent >= CONDITIONS_FROM else 1
    return Tier(min(max(tier + step, Tier.LOW), Tier.HIGH))


def _follows(question: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether what came before leads to this question; what is not answered yet does not."""
    return all(key in answers and answers[key].level in levels for key, levels in question.after.items())


def _by_criterion(
    asked: Iterable[Question], given: Mapping[str, Answer], criteria: Iterable[Criterion]
) -> dict[str, float]:
    """Percent of the points there are, for each criterion that something was asked about."""
    points: dict[str, list[int]] = {}
    for question in asked:
        answer = given.get(question.key)
        if not question.scored or (answer is not None and answer.level is Level.NOT_APPLICABLE):
            continue
        points.setdefault(question.criterion, []).append(POINTS[answer.level] if answer else 0)
    return {
        one.key: round(100 * sum(points[one.key]) / (MOST_POINTS * len(points[one.key])), 1)
        for one in criteria
        if one.key in points
    }


def _knocks_out(question: Question, answer: Answer | None, tier: Tier) -> bool:
    """A no or an unknown where it matters; a question nobody has answered yet is open, not lost."""
    if question.knocks_out is None or question.knocks_out > tier or answer is None:
        return False
    return answer.level in {Level.NO, Level.UNKNOWN}


def _advice(percent: float, knocked: Sequence[Question]) -> Advice:
    if knocked:
        return Advice.NO
    if percent >= BUY_FROM:
        return Advice.BUY
    return Advice.CONDITIONS if percent >= CONDITIONS_FROM else Advice.NOT_YET
