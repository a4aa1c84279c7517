"""The questions that ship, and what is wrong with a broken file of them."""

import pytest

from bot.domain.diligence import Asker, Level, Tier, to_ask
from bot.domain.errors import Invalid
from bot.files import policy_text, questions_text
from tests.unit.test_diligence import TODAY, given

AREAS = set("integration customisation upgrades security privacy support backup exit accessibility ownership".split())
GOOD = "questions:\n  - {key: a, area: x, criterion: y, asker: it, text: A question}\n"


def test_every_area_of_the_tough_questions_is_asked_about() -> None:
    assert {question.area for question in questions_text.shipped()} >= AREAS


def test_every_question_counts_for_a_criterion_of_the_policy() -> None:
    criteria = {one.key for one in policy_text.read(policy_text.template()).criteria}
    assert {question.criterion for question in questions_text.shipped()} == criteria


def test_a_small_tool_is_asked_little_and_a_marketer_less() -> None:
    small = to_ask(questions_text.shipped(), Tier.LOW, given(customer_data=Level.NO), TODAY)
    large = to_ask(questions_text.shipped(), Tier.HIGH, given(customer_data=Level.YES), TODAY)
    assert len(small) <= 12 < 40 <= len(large)
    assert sum(question.asker is Asker.MARKETER for question in small) <= 7
    assert "dpa" not in {question.key for question in small}
    assert "dpa" in {question.key for question in large}


BROKEN = [
    (GOOD.replace("asker: it", "asker: boss"), "questions[1].asker"),
    (GOOD.replace("key: a", "key: A b"), "questions[1].key"),
    (GOOD.replace("text:", "after: {b: [yes]}, text:"), "“b” is no earlier question"),
    (GOOD + "  - {key: a, area: x, criterion: y, asker: it, text: Again}\n", "questions[2].key: “a” is there twice"),
    (GOOD.replace("text:", "tier: huge, text:"), "questions[1].tier"),
    (GOOD.replace("text:", "after: [a], text:"), "questions[1].after"),
    ("questions: []", "questions"),
]


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_a_broken_file_names_the_place(text: str, place: str) -> None:
    with pytest.raises(Invalid) as raised:
        questions_text.read(text)
    assert place in raised.value.words
