"""The trainer's parts: the messages, their folds, figures, near-duplicates and the look for slips."""

from pathlib import Path

import numpy as np
import pytest

from bot.detection.training import corpus, duplicates, review
from bot.detection.training.corpus import Row
from bot.detection.training.figures import measure

NONE: frozenset[str] = frozenset()


def row(text: str, number: str = "x", **more: object) -> Row:
    return Row(number, "voice-a", text, "", NONE, **more)  # type: ignore[arg-type]


def test_there_are_four_thousand_messages_half_of_them_neither_half_of_those_hard() -> None:
    rows = corpus.shipped()
    none = [one for one in rows if not one.labels]
    assert len(rows) >= 4_000
    assert 0.4 < len(none) / len(rows) < 0.6
    assert 0.4 < sum(one.hard for one in none) / len(none) < 0.7


def test_no_message_of_the_held_out_voice_is_trained_on() -> None:
    assert {one.id for one in corpus.shipped()}.isdisjoint(one.id for one in corpus.voice(corpus.HELD_OUT))


def test_the_shipped_messages_keep_the_rules() -> None:
    rows = [*corpus.shipped(), *corpus.voice(corpus.HELD_OUT)]
    assert [words for one in rows for words in review.broken(one)] == []


def test_a_row_that_breaks_the_rules_is_named() -> None:
    wrong = row("lunch?", tools=("Hotjar",), sent_at="2026-02-30", campaign={"name": "sale"})
    assert set(review.broken(wrong)) == {
        "it names tools and is no new tool",
        "'Hotjar' is not in the message",
        "it has facts of a campaign and is none",
        "name 'sale' is not in the message",
        "'2026-02-30' is no date",
    }


def test_a_line_that_is_no_message_is_named(tmp_path: Path) -> None:
    file = tmp_path / "more.jsonl"
    file.write_text('{"id": 1, "text": "hi"}\n\n{"id": 2, "text": "hi", "label": "maybe"}\n')
    with pytest.raises(ValueError, match=r"more.jsonl, line 3 is no labelled message"):
        corpus.read(file)
    file.write_text('{"id": 1, "text": "hi"}\n')
    assert corpus.read(file)[0].labels == NONE


def test_near_duplicates_are_found_and_short_answers_are_none() -> None:
    rows = [
        row("We signed up for Hotjar this morning, please approve", "1"),
        row("we signed up for Hotjar this morning. please approve!", "2"),
        row("Lunch at the Italian place, who is in today?", "3"),
        row("thanks!", "4"),
        row("Thanks", "5"),
    ]
    assert [(one.id, other.id) for one, other, _ in duplicates.pairs(rows)] == [("1", "2")]


def test_a_voice_is_tried_whole_and_the_only_one_of_a_language_in_halves() -> None:
    def places(voice: str) -> set[int]:
        return {corpus.fold(Row("x", voice, "", "", NONE), number) for number in range(6)}

    assert [places(name) for name in ("voice-a", "voice-b", "mixed")] == [{0}, {0, 2}, {0, 1, 2}]


def test_figures_count_what_was_right() -> None:
    sure = np.array([[0.99, 0.0], [0.8, 0.0], [0.0, 0.99], [0.99, 0.0], [0.0, 0.0], [0.8, 0.0]], np.float32)
    wanted = np.array([[1, 0], [1, 0], [0, 1], [0, 0], [0, 0], [0, 0]], bool)
    found = measure(sure, wanted, [False, False, False, True, True, False])
    assert found.by_class["new_tool"] == pytest.approx((0.5, 1.0, 2 / 3))
    assert found.by_class["campaign"] == (1.0, 1.0, 1.0)
    assert (found.open_precision, found.open_share) == pytest.approx((2 / 3, 2 / 3))
    assert (found.hard_alarms, found.hard_opened, found.plain_alarms) == (0.5, 0.5, 1.0)
