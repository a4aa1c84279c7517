"""The parts of training the reader of answers that need no torch: its files, its passages and how these are cut."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.cli.ask_training import train
from bot.domain.errors import Invalid
from bot.retrieval.pieces import Pieces
from bot.retrieval.training.examples import batches, example, lengths, mixed
from bot.retrieval.training.near_misses import Told, near_pairs, read_near_misses
from bot.retrieval.training.pairs import Pair, pairs, sentences, window
from bot.retrieval.training.squad import Item, read_squad
from bot.retrieval.training.trainer import NEAR_MISSES, split

TEXT = "The desk opens at eight. Ask Ms. Gomes for keys. The lift is slow. It is blue."
KEYS = Item("q1", "The desk", TEXT, "Who has the keys?", (29, 38))
NOTHING = Item("q2", "The desk", TEXT, "How slow is the old lift?", None)


def test_a_squad_file_gives_questions_with_where_their_answer_stands(tmp_path: Path) -> None:
    asked = [
        {"id": "q1", "question": " Who has the keys? ", "answers": [{"text": "Ms. Gomes", "answer_start": 29}]},
        {"id": "q2", "question": "How slow is the old lift?", "answers": [], "is_impossible": True},
    ]
    assert read_squad(squad(tmp_path, asked)) == [KEYS, NOTHING]


def test_an_answer_that_stands_elsewhere_is_found_and_one_that_does_not_stand_there_is_left_out(tmp_path: Path) -> None:
    asked = [
        {"id": "moved", "question": "Who?", "answers": [{"text": "Ms. Gomes", "answer_start": 3}]},
        {"id": "gone", "question": "Who?", "answers": [{"text": "Mr. Silva", "answer_start": 3}]},
        {"id": "not told", "question": "Who?", "answers": []},
    ]
    assert [(item.id, item.span) for item in read_squad(squad(tmp_path, asked))] == [("moved", (29, 38))]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("nothing", "not in SQuAD's format: the file: Invalid JSON"),
        ("[]", "not in SQuAD's format: the file"),
        ('{"data": []}', "data: List should have at least 1 item"),
        (
            '{"data": [{"title": "A", "paragraphs": [{"qas": []}]}]}',
            r"data\[1\].paragraphs\[1\].context: this is missing",
        ),
        ('{"data": [{"title": "A", "paragraphs": []}]}', "No question in .* can be learned from"),
    ],
)
def test_a_file_in_another_format_is_told_with_the_place(tmp_path: Path, held: str, words: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(held, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        read_squad(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can't be read"):
        read_squad(tmp_path / "none.json")


def test_the_shipped_near_misses_can_be_read() -> None:
    told = read_near_misses(NEAR_MISSES)
    assert len(told) == 155
    assert sum(len(one.answers) + len(one.misses) for one in told) == 1540


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("# nothing", "There is no passage"),
        ("+ Who?", "line 1: a question stands before"),
        ("# so\n@ en | Title", "line 2: a passage is"),
        ("@ en | A | B\nWho?", "line 2: a line begins with"),
    ],
)
def test_near_misses_that_can_not_be_read_are_told_with_the_line(tmp_path: Path, held: str, words: str) -> None:
    file = tmp_path / "own.txt"
    file.write_text(held, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        read_near_misses(file)


def test_near_misses_are_asked_of_their_passage_and_now_and_then_of_another() -> None:
    told = [Told("A", "one", ["yes?"], ["no?"]), Told("B", "two", ["two?"])]
    found = {pair for seed in range(200) for pair in near_pairs(told, random.Random(seed))}
    assert {Pair("yes?", "A", "one", True), Pair("no?", "A", "one", False), Pair("yes?", "B", "two", False)} <= found
    assert Pair("yes?", "", "one", True) in found
    assert all(pair.is_answered for pair in found if (pair.question, pair.text) in {("yes?", "one"), ("two?", "two")})


def test_a_text_falls_into_sentences_and_a_window_holds_the_one_that_is_meant() -> None:
    assert sentences("One. Two!  3?") == [(0, 4), (5, 9), (11, 13)]
    for seed in range(20):
        start, end = window(TEXT, 50, 2, random.Random(seed))
        assert "The lift is slow." in TEXT[start:end]
        assert len(sentences(TEXT[start:end])) <= 2


def test_an_answered_pair_holds_its_answer_and_a_near_miss_does_not() -> None:
    other = Item("q3", "Birds", "Owls hunt at night. They see well.", "When do owls hunt?", (10, 18))
    found = [pair for seed in range(60) for pair in pairs([KEYS, NOTHING, other], random.Random(seed))]
    for pair in (one for one in found if one.question == KEYS.question):
        assert pair.is_answered == ("Ms. Gomes" in pair.text)
        assert not pair.span or pair.text[slice(*pair.span)] == "Ms. Gomes"
    assert all("The lift is slow." in pair.text for pair in found if pair.question == NOTHING.question)
    assert {pair.is_answered for pair in found if pair.question == KEYS.question} == {True, False}


def test_the_same_question_in_another_language_is_asked_of_either_paragraph() -> None:
    german = Item("q1", "Der Empfang", "Schlüssel hat Frau Gomes.", "Wer hat die Schlüssel?", (14, 24))
    found = {(pair.question, pair.text) for seed in range(60) for pair in pairs([KEYS, german], random.Random(seed))}
    assert (KEYS.question, german.paragraph) in found
    assert any(question == german.question and "Gomes for keys" in text for question, text in found)


def test_the_pieces_of_the_answer_are_marked() -> None:
    words = ["<s>", "<unk>", "</s>", *(f"▁{word}" for word in "when on desk: we open Mon".split()), "day", "½"]
    pieces = Pieces({word: at for at, word in enumerate(words)}, [-1] * 11, {}, np.zeros((11, 18), np.uint8), 6, -9, 1)
    pair = Pair("when", "desk:", "we open  Monday", True, (9, 15))
    assert pair.lead == "desk:. "
    found = example(pair, pieces, lengths(pieces))
    assert found.read[: found.start] == [0, 3, 2, 2]
    assert found.labels is not None
    assert [words[one] for one, mark in zip(found.read[found.start : -1], found.labels, strict=True) if mark] == [
        "▁Mon",
        "day",
    ]
    assert example(Pair("when", "", "we open", True), pieces, {}).labels is None


def test_batches_are_drawn_from_both_sources_and_hold_similar_lengths() -> None:
    public, own = Pair("public", "", "text", True), Pair("own", "", "text", True)
    draw = mixed(lambda: [public], lambda: [own], 0.2, 7)
    drawn = [draw().question for _ in range(1000)]
    assert 150 < drawn.count("own") < 250
    pieces = Pieces({}, [], {}, np.zeros((1, 18), np.uint8), 1, -9, 1)
    texts = iter(Pair("", "", "x" * (number % 12), False) for number in range(12))
    made = batches(lambda: next(texts), lambda pair: example(pair, pieces, {}), 2, random.Random(1))
    assert all(abs(len(one.read) - len(other.read)) <= 1 for one, other in (next(made) for _ in range(6)))


def test_every_ninth_article_is_kept_apart_in_all_languages() -> None:
    items = [Item(f"q{at}", f"Title {at}", TEXT, "Who?", None) for at in range(9)]
    translated = Item("q8", "Zweiter", TEXT, "Wer?", None)
    learned, held = split([*items, translated])
    assert held == [items[8], translated]
    assert learned == items[:8]
    assert split(items[:8]) == (items[:8], [])


def test_the_verb_says_which_package_training_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    asked = [{"id": "q2", "question": "How slow?", "answers": [], "is_impossible": True}]
    with pytest.raises(Invalid, match=r"the group “train” of pyproject.toml: torch is missing"):
        train([squad(tmp_path, asked)], out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_verb_tells_a_file_in_another_format(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(Invalid, match="data: this is missing"):
        train([file])


def squad(folder: Path, asked: Sequence[object]) -> Path:
    """A file in SQuAD's format with one paragraph."""
    file = folder / "squad.json"
    paragraph = {"context": TEXT, "qas": asked}
    file.write_text(json.dumps({"data": [{"title": "The_desk", "paragraphs": [paragraph]}]}), encoding="utf-8")
    return file
