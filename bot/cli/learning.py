"""`detection train --with-feedback` and `detection reset`: learning from a workspace's own answers, and back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.errors import Invalid

if TYPE_CHECKING:
    from bot.detection.own import Layer
    from bot.detection.shipped import Model
    from bot.detection.training.adapting import Answer
    from bot.detection.training.comparing import Compared
    from bot.domain.judgement import Judgement

NO_ENCODER = "The shipped encoder can't be read, so there is nothing to refit. python -m bot doctor says what mends it."
NO_TEXT = (
    " {count} more answers have no text: learning was off where they came from. Switch it on with /itcheck setup in"
    " that channel."
)
NEXT_START = "The running bot takes it up at its next start. Back to the shipped model: python -m bot detection reset"


def learn() -> None:
    """Refit the last layer to the answers, compare, and swap it in if nothing gets worse. Raises Invalid, in words."""
    from bot.detection import shipped
    from bot.ground import learned_folder
    from bot.settings import load_settings

    folder = learned_folder(load_settings())
    judged = _judged()
    answers = answers_of(judged)
    labels = require_enough(answers, sum(1 for one in judged if one.said and not one.text))
    model = shipped.load().model
    if model is None or model.encoder is None:
        raise Invalid(NO_ENCODER)
    layer, compared = _refitted(model, [answer for answer in answers if answer.label in labels], labels)
    if compared.faults:
        print(f"Nothing was changed. What got worse: {'; '.join(compared.faults)}.")
        return
    _swap(layer, folder, sum(answer.label in labels for answer in answers))


def reset() -> None:
    """Go back to the shipped model: what was learned from answers is removed (the answers stay)."""
    from bot.detection import own
    from bot.ground import learned_folder
    from bot.settings import load_settings

    if own.remove(learned_folder(load_settings())):
        print("Removed. The running bot goes back to the shipped model at its next start.")
    else:
        print("Nothing was learned, so there is nothing to undo: the shipped model decides.")


def answers_of(judged: Sequence[Judgement]) -> list[Answer]:
    """The judgements one can learn from: said yes or no, of a label of the detector, with their text."""
    from bot.detection.training.adapting import Answer
    from bot.domain.detection import LABELS
    from bot.domain.judgement import YES

    return [
        Answer(one.text, one.context, one.label, one.said == YES)
        for one in judged
        if one.said and one.text and one.label in LABELS
    ]


def require_enough(answers: Sequence[Answer], without_text: int) -> tuple[str, ...]:
    """The labels with enough answers of both kinds. Raises Invalid that says what is missing if there is none."""
    from bot.detection.training.adapting import LEAST, learnable
    from bot.domain.detection import LABELS

    labels = learnable(answers)
    for label in LABELS:
        _tell(f"{label}: {_counted(answers, label)}{'' if label in labels else ', stays as it is'}")
    if labels:
        return labels
    counts = "; ".join(f"{label} {_counted(answers, label)}" for label in LABELS)
    words = f"There are not enough answers to learn from: {counts}. At least {LEAST} of each, yes and no, are needed"
    raise Invalid(f"{words} for one of them.{NO_TEXT.format(count=without_text) if without_text else ''}")


def _counted(answers: Sequence[Answer], label: str) -> str:
    said = [answer.said for answer in answers if answer.label == label]
    return f"{sum(said)} yes, {len(said) - sum(said)} no with their text"


def _judged() -> Sequence[Judgement]:
    from datetime import UTC, datetime

    from bot.cli.feedback import working_store

    with working_store() as store:
        if store is None:
            return []
        with store.unit_of_work() as uow:
            return uow.labels.since(datetime.min.replace(tzinfo=UTC))


def _refitted(model: Model, answers: Sequence[Answer], labels: tuple[str, ...]) -> tuple[Layer, Compared]:
    """The new layer, and the comparison that is printed."""
    from bot.detection.training import adapting, comparing, corpus

    rows, unseen = corpus.shipped(), corpus.voice(corpus.HELD_OUT)
    told, known = adapting.of_rows(rows), adapting.of_answers(answers, labels)
    messages = [(row.text, row.context) for row in (*rows, *unseen)] + [(one.text, one.context) for one in answers]
    whole = adapting.read(model, messages, _progress)
    old, held, mine = whole[: len(rows)], whole[len(rows) : len(rows) + len(unseen)], whole[len(rows) + len(unseen) :]
    _tell("fitting, and trying each answer unseen")
    layer = adapting.fit(model.head, [(old, told), (mine, known)], labels)
    head = replace(model.head, weights=layer.weights, bias=layer.bias)
    crossed = adapting.cross_judged(model, (old, told), (mine, known), adapting.folds(answers), labels)
    now = comparing.judge(
        (adapting.judged(model, model.head, held), unseen), (adapting.judged(model, model.head, mine), known)
    )
    compared = comparing.Compared(now, comparing.judge((adapting.judged(model, head, held), unseen), (crossed, known)))
    print("\n".join([*comparing.table(compared, len(unseen), len(answers)), "", comparing.RULE]))
    return layer, compared


def _swap(layer: Layer, folder: Path, answers: int) -> None:
    from bot.detection import own
    from bot.now import utc_now

    try:
        own.write(layer, folder, answers, utc_now())
    except OSError as error:
        raise Invalid(f"{folder} can't be written: {error.strerror}. Nothing was changed.") from error
    print(f"Swapped in: {folder / own.LAYER}. {NEXT_START}")


def _progress(done: int, of: int) -> None:
    _tell(f"reading messages: {done:,} of {of:,}")


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
