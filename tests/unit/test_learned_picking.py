"""What tags are learned from which message, and how words and tags are joined to pick names."""

import numpy as np
import pytest

from bot.detection import shipped
from bot.detection.tags import Tag
from bot.detection.training import pick, tagging
from bot.detection.training.corpus import LABELS, Row
from bot.detection.view import look
from bot.detection.wordpiece import WordPiece

WORDS = WordPiece.load(shipped.FOLDER / shipped.VOCABULARY)
YES, NO = 4.0, -4.0


def row(text: str, label: str, *tools: str, **more: object) -> Row:
    return Row(text, "voice-a", text, "", LABELS[label], tools, **more)  # type: ignore[arg-type]


def tags(one: Row, *names: str) -> np.ndarray:
    """The tags of an encoder that takes these words for adopted tools."""
    view = look(one.text)
    wanted = tagging.targets({Tag.TOOL: names}, view, WORDS.read(view.text))
    return np.where(wanted > 0, YES, NO).astype(np.float32)


def test_names_are_learned_where_a_tool_is_adopted_and_facts_where_there_is_a_campaign() -> None:
    asked = {label: tagging.asked(row("x", label)).tolist() for label in LABELS}
    assert asked["none"] == [0] * 8
    assert asked["new_tool"] == [1, 0, 0, 0] * 2
    assert asked["campaign"] == [0, 1, 1, 1] * 2
    assert asked["both"] == [1] * 8


def test_the_words_of_each_tag_are_those_of_the_label() -> None:
    facts = {"name": "spring sale", "date_text": "Friday", "audience_text": None, "channel": ["email"]}
    one = row("spring sale on Friday, by Zorply", "both", "Zorply", campaign=facts)
    assert tagging.written(one) == {
        Tag.TOOL: ("Zorply",), Tag.DATE: ("Friday",), Tag.AUDIENCE: (), Tag.NAME: ("spring sale",)
    }  # fmt: skip


def test_a_word_is_tagged_as_a_whole_word_if_it_stands_as_one() -> None:
    assert list(tagging.spans("Dripping: try Drip", "Drip")) == [(14, 18)]
    assert list(tagging.spans("see https://trydrip.io", "drip")) == [(15, 19)]


def test_the_limit_is_where_most_names_are_right_for_the_least_wrong() -> None:
    scores, hits = np.array([3, 0, 2, 1, -1], np.float32), np.array([True, True, True, False, False])
    assert pick.best_limit(scores, hits, wanted=3) == 0
    assert pick.best_limit(scores, hits, wanted=2) in (0, 2)
    assert pick.best_limit(np.array([1, 2], np.float32), np.array([False, True]), wanted=1) == 2


def test_a_model_that_sees_no_tool_cannot_teach_names() -> None:
    one = row("we bought Fenwick", "new_tool", "Fenwick")
    with pytest.raises(ValueError, match="took none of the messages"):
        pick.fit_picker([one], [pick.tried(one, 0.1, tags(one), WORDS)])
