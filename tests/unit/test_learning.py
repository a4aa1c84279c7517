"""A last layer refitted to a workspace's answers: what it needs, how it is judged, when it takes the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from bot.cli.learning import answers_of, require_enough
from bot.detection.shipped import Head
from bot.detection.training import adapting, comparing
from bot.detection.training.adapting import LEAST, Answer, Read, Told
from bot.detection.training.comparing import Compared, Judged
from bot.detection.training.corpus import Row
from bot.detection.training.figures import Figures
from bot.domain.detection import Action
from bot.domain.errors import Invalid
from bot.domain.judgement import Judgement

SIZE = 8
HEAD = Head(
    weights=np.zeros((2, SIZE), np.float32),
    bias=np.array([1.0, 1.0], np.float32),
    mix=np.array([[0.5, 0.0, 0.0]] * 2, np.float32),
    alone=np.array([[1.0, 0.0]] * 2, np.float32),
)
GOOD = Judged(Figures(9, {"none": (0.9, 0.9, 0.9)}, 0.97, 0.8, 0.1, 0.03, 0.0), right=0.8, log_loss=0.5)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_layer_learns_what_the_answers_say_and_leaves_the_other_label_alone() -> None:
    said = np.array([True, False] * 40)
    mine = read(80, up=said)
    layer = adapting.fit(HEAD, [(mine, told(said))], ("new_tool",))
    sure = joined(replace(HEAD, weights=layer.weights, bias=layer.bias), mine)
    assert (sure[said, 0].mean() - sure[~said, 0].mean()) > 1
    assert np.array_equal(layer.weights[1], HEAD.weights[1])
    assert layer.bias[1] == HEAD.bias[1]


def test_a_few_answers_move_the_layer_less_than_many() -> None:
    moved = []
    for count in (4, 40):
        said = np.zeros(count, bool)
        layer = adapting.fit(HEAD, [(read(count, up=~said), told(said))], ("new_tool",))
        moved.append(float(np.abs(layer.weights[0]).sum() + abs(layer.bias[0] - 1)))
    assert 0 < moved[0] < moved[1]


def test_what_was_not_answered_teaches_nothing() -> None:
    unknown = Told(np.zeros((9, 2), bool), np.zeros((9, 2), bool))
    layer = adapting.fit(HEAD, [(read(9, up=np.ones(9, bool)), unknown)], ("new_tool", "campaign"))
    assert np.allclose(layer.weights, HEAD.weights)
    assert np.allclose(layer.bias, HEAD.bias)


def test_the_same_words_are_tried_in_the_same_fold_and_all_folds_are_used() -> None:
    answers = [Answer(f"we buy {number}", "", "new_tool", number % 2 == 0) for number in range(20)]
    again = [replace(answer, text=answer.text.upper() + " ") for answer in answers]
    places = adapting.folds([*answers, *again])
    assert places[:20] == places[20:]
    assert set(places) == set(range(adapting.FOLDS))


@pytest.mark.parametrize(
    ("yes", "no", "labels"),
    [(LEAST, LEAST, ("new_tool",)), (LEAST - 1, LEAST, ()), (LEAST, LEAST - 1, ()), (500, 0, ()), (0, 0, ())],
)
def test_a_label_is_learned_from_enough_answers_of_both_kinds(yes: int, no: int, labels: tuple[str, ...]) -> None:
    assert adapting.learnable(some(yes, True) + some(no, False)) == labels


def test_too_few_or_one_sided_answers_are_refused_with_what_is_missing() -> None:
    with pytest.raises(Invalid) as refused:
        require_enough(some(12, True) + some(3, False), without_text=40)
    assert refused.value.words == (
        "There are not enough answers to learn from: new_tool 12 yes, 3 no with their text; campaign 0 yes, 0 no with "
        "their text. At least 10 of each, yes and no, are needed for one of them. 40 more answers have no text: "
        "learning was off where they came from. Switch it on with /itcheck setup in that channel."
    )


def test_only_judgements_with_words_of_a_label_of_the_detector_are_learned_from() -> None:
    one = Judgement("T1", "C1", "1", "new_tool", Action.ASK, 0.8, NOON, "no", NOON, "we buy", "what?")
    others = [replace(one, said=""), replace(one, text=""), replace(one, label="question")]
    assert answers_of([one, *others]) == [Answer("we buy", "what?", "new_tool", said=False)]


@pytest.mark.parametrize(
    ("after", "faults"),
    [
        (replace(GOOD, log_loss=0.4), ()),
        (GOOD, ("log loss of the answers",)),
        (replace(GOOD, log_loss=0.4, right=0.785), ("share of the answers judged right",)),
        (replace(GOOD, log_loss=0.4, right=0.795), ()),
        (
            replace(GOOD, log_loss=0.4, held_out=replace(GOOD.held_out, by_class={"none": (0.9, 0.9, 0.89)})),
            ("macro-F1 on the held-out messages",),
        ),
        (
            replace(GOOD, log_loss=0.4, held_out=replace(GOOD.held_out, open_precision=0.95)),
            ("precision of what is opened of the held-out messages",),
        ),
        (
            replace(GOOD, log_loss=0.4, held_out=replace(GOOD.held_out, open_share=0.74)),
            ("positives opened of the held-out messages",),
        ),
        (
            replace(GOOD, log_loss=0.4, held_out=replace(GOOD.held_out, hard_alarms=0.12)),
            ("alarms on hard negatives of the held-out messages",),
        ),
    ],
    ids=[
        "better",
        "no better",
        "answers worse",
        "hardly worse",
        "f1 worse",
        "precision worse",
        "fewer opened",
        "alarms worse",
    ],
)
def test_it_is_swapped_in_only_if_nothing_gets_worse(after: Judged, faults: tuple[str, ...]) -> None:
    assert Compared(GOOD, after).faults == faults


def test_answers_are_right_where_the_bot_would_speak_up_for_a_yes_and_not_for_a_no() -> None:
    known = np.array([[True, False]] * 4)
    wanted = np.array([[True, False], [True, False], [False, False], [False, False]])
    sure = np.array([[0.9, 0.0], [0.5, 0.0], [0.9, 0.0], [0.5, 0.9]], np.float32)
    held_out = [Row("1", "x", "lunch?", "", frozenset())]
    found = comparing.judge((np.zeros((1, 2), np.float32), held_out), (sure, Told(wanted, known)))
    assert found.right == 0.5
    assert found.log_loss == pytest.approx(-np.log([0.9, 0.5, 0.1, 0.5]).mean(), abs=1e-6)


def some(count: int, said: bool) -> list[Answer]:
    return [Answer(f"message {number} {said}", "", "new_tool", said) for number in range(count)]


def read(count: int, up: Sequence[bool] | np.ndarray) -> Read:
    """Messages whose vector points one way for `up` and the other way else, with a little noise."""
    noise = np.random.default_rng(7).normal(0, 0.1, (count, SIZE))
    noise[:, 0] += np.where(up, 1.0, -1.0)
    return Read(noise.astype(np.float32), np.zeros((count, 2), np.float32))


def told(said: np.ndarray) -> Told:
    """Only new tools were asked about."""
    nothing = np.zeros(len(said), bool)
    return Told(np.column_stack([said, nothing]), np.column_stack([~nothing, nothing]))


def joined(head: Head, messages: Read) -> np.ndarray:
    return np.array([head.joined(*row) for row in zip(messages.vectors, messages.light, strict=True)])
