"""Due diligence: what is asked, what is used again, what the answers add up to."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.diligence import (
    Advice,
    Answer,
    Asker,
    Level,
    Question,
    Tier,
    applying,
    reused,
    score,
    tier_of,
    to_ask,
)
from bot.domain.errors import Invalid
from bot.domain.policy import Asked, Criterion, DataClass, Integration, Lane

TODAY = date(2026, 11, 23)
DATA = Question("data", "privacy", "privacy", "Will it hold personal data?", Asker.MARKETER)
DPA = Question(
    "dpa", "privacy", "privacy", "Is there a contract about it?", Asker.VENDOR,
    after={"data": frozenset({Level.YES, Level.PARTLY, Level.EVIDENCED})}, knocks_out=Tier.LOW,
)  # fmt: skip
MFA = Question(
    "mfa", "security", "security", "A second factor for all?", Asker.VENDOR, tier=Tier.MEDIUM, knocks_out=Tier.HIGH
)
RESIDENCY = Question("residency", "privacy", "privacy", "Where is the data?", Asker.IT, tier=Tier.HIGH)
QUESTIONS = (DATA, DPA, MFA, RESIDENCY)
CRITERIA = (Criterion("security", "Security", 60), Criterion("privacy", "Privacy", 30), Criterion("cost", "Cost", 10))


def answer(question: Question, level: Level = Level.YES, on: date = TODAY) -> Answer:
    evidence = "https://vendor.example/trust" if level is Level.EVIDENCED else ""
    return Answer(question.key, level, "U1", on, note="because", evidence=evidence)


def given(**levels: Level) -> dict[str, Answer]:
    return {key: replace(answer(DATA, level), question=key) for key, level in levels.items()}


def keys(questions: tuple[Question, ...]) -> list[str]:
    return [one.key for one in questions]


@pytest.mark.parametrize(
    ("data", "integration", "lane", "tier"),
    [
        (DataClass.NONE, Integration.NATIVE, Lane.FAST, Tier.LOW),
        (DataClass.PERSONAL, Integration.NONE, Lane.STANDARD, Tier.MEDIUM),
        (DataClass.STAFF, Integration.CUSTOM, Lane.STANDARD, Tier.MEDIUM),
        (DataClass.NONE, Integration.CORE, Lane.STANDARD, Tier.HIGH),
        (DataClass.SENSITIVE, Integration.NONE, Lane.STANDARD, Tier.HIGH),
        (DataClass.NONE, Integration.NONE, Lane.FULL, Tier.HIGH),
    ],
)
def test_what_is_at_stake_says_how_much_is_asked(
    data: DataClass, integration: Integration, lane: Lane, tier: Tier
) -> None:
    assert tier_of(Asked("crm", Decimal(0), data, integration), lane) is tier


def test_a_low_tier_asks_little() -> None:
    assert keys(to_ask(QUESTIONS, Tier.LOW, {}, TODAY)) == ["data"]


def test_an_answer_leads_to_the_next_question() -> None:
    assert keys(to_ask(QUESTIONS, Tier.LOW, given(data=Level.YES), TODAY)) == ["dpa"]


def test_an_answer_makes_a_question_needless() -> None:
    assert to_ask(QUESTIONS, Tier.LOW, given(data=Level.NO), TODAY) == ()


def test_a_high_tier_asks_everything_that_follows() -> None:
    assert keys(applying(QUESTIONS, Tier.HIGH, given(data=Level.PARTLY))) == ["data", "dpa", "mfa", "residency"]


def test_an_old_answer_is_asked_again_the_day_after_it_expires() -> None:
    for age, asked in ((365, []), (366, ["data"])):
        answers = {"data": answer(DATA, Level.NO, TODAY - timedelta(days=age))}
        assert keys(to_ask(QUESTIONS, Tier.LOW, answers, TODAY)) == asked


def test_the_newest_answer_of_earlier_reviews_is_used_again() -> None:
    old, new = answer(MFA, Level.NO, TODAY - timedelta(days=90)), answer(MFA, Level.YES, TODAY - timedelta(days=9))
    expired = answer(DATA, Level.YES, TODAY - timedelta(days=800))
    foreign = replace(answer(DATA), question="something else")
    assert reused(QUESTIONS, [new, old, expired, foreign], TODAY) == {"mfa": new}


def test_points_are_weighed_by_criterion_and_what_nobody_asked_leaves_the_sum() -> None:
    answers = given(data=Level.NO, mfa=Level.EVIDENCED) | {"mfa": answer(MFA, Level.EVIDENCED)}
    found = score(QUESTIONS, Tier.MEDIUM, answers, CRITERIA, TODAY)
    assert found.by_criterion == {"security": 100.0, "privacy": 0.0}
    assert found.percent == pytest.approx(100 * 60 / 90, abs=0.05)
    assert found.advice is Advice.CONDITIONS


def given_evidence() -> dict[str, Answer]:
    return {one.key: answer(one, Level.EVIDENCED) for one in QUESTIONS}


@pytest.mark.parametrize(
    ("level", "advice"), [(Level.EVIDENCED, Advice.BUY), (Level.YES, Advice.CONDITIONS), (Level.PARTLY, Advice.NOT_YET)]
)
def test_the_advice_follows_the_percent(level: Level, advice: Advice) -> None:
    answers = {one.key: answer(one, level) for one in QUESTIONS}
    assert score(QUESTIONS, Tier.HIGH, answers, CRITERIA, TODAY).advice is advice


@pytest.mark.parametrize("level", [Level.NO, Level.UNKNOWN])
def test_a_knock_out_is_never_traded_against_points(level: Level) -> None:
    answers = given_evidence() | {"dpa": answer(DPA, level)}
    found = score(QUESTIONS, Tier.HIGH, answers, CRITERIA, TODAY)
    assert keys(found.knock_outs) == ["dpa"]
    assert found.advice is Advice.NO


def test_what_knocks_out_at_a_high_tier_only_costs_points_below() -> None:
    answers = given_evidence() | {"mfa": answer(MFA, Level.NO)}
    assert score(QUESTIONS, Tier.MEDIUM, answers, CRITERIA, TODAY).knock_outs == ()
    assert keys(score(QUESTIONS, Tier.HIGH, answers, CRITERIA, TODAY).knock_outs) == ["mfa"]


def test_unknown_stays_open_and_incomplete() -> None:
    answers = given_evidence() | {"residency": answer(RESIDENCY, Level.UNKNOWN)}
    found = score(QUESTIONS, Tier.HIGH, answers, CRITERIA, TODAY)
    assert keys(found.open) == ["residency"]
    assert found.complete == 75


def test_what_does_not_apply_leaves_the_sum() -> None:
    answers = given_evidence() | {"residency": answer(RESIDENCY, Level.NOT_APPLICABLE)}
    assert score(QUESTIONS, Tier.HIGH, answers, CRITERIA, TODAY).percent == 100


def test_a_review_without_an_answer_is_open_and_not_refused() -> None:
    found = score(QUESTIONS, Tier.LOW, {}, CRITERIA, TODAY)
    assert (found.knock_outs, keys(found.open), found.complete, found.oldest) == ((), ["data"], 0, None)


@pytest.mark.parametrize(
    ("level", "note", "evidence", "words"),
    [
        (Level.EVIDENCED, "", " ", "Name the evidence"),
        (Level.NOT_APPLICABLE, "", "", "Say why"),
        (Level.YES, "x" * 2001, "", "below 2,000"),
    ],
)
def test_an_answer_that_cannot_stand_says_what_lacks(level: Level, note: str, evidence: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        Answer("dpa", level, "U1", TODAY, note, evidence)
