"""Refitting the last layer to a workspace's own answers, held near the shipped one. NumPy only.

The new layer maximises the likelihood of the shipped messages and of the answers together, with a Gaussian prior
around the shipped layer: maximum a posteriori adaptation as in Chelba and Acero, "Adaptation of maximum entropy
capitalizer: little data can help a lot" (EMNLP 2004).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.detection.features import Floats
from bot.detection.own import Layer
from bot.detection.shipped import Head, Model
from bot.detection.training.corpus import Row
from bot.detection.training.fitting import share
from bot.detection.training.linear import Doubles, lowest
from bot.detection.view import look
from bot.domain.detection import LABELS

LEAST = 10  # answers of yes, and of no, that a label needs to be learned
PRIOR = 5.0  # how strongly the new layer is held near the shipped one, for vectors of length 1
FOLDS = 5
_STEPS = 200
_OFTEN = 250  # messages between two lines of progress

Flags = NDArray[np.bool_]
Places = NDArray[np.int64] | Flags | slice
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Answer:
    """Somebody said whether a message (with the thread before it) was what it was taken for."""

    text: str
    context: str
    label: str
    said: bool


@dataclass(frozen=True)
class Read:
    """Messages as the model reads them: the encoder's vectors (rows, size), the light log-odds (rows, labels)."""

    vectors: Floats
    light: Floats

    def __getitem__(self, places: Places) -> Read:
        """Some of the messages."""
        return Read(self.vectors[places], self.light[places])


@dataclass(frozen=True)
class Told:
    """What messages are (rows, labels), and which of these are known (rows, labels)."""

    wanted: Flags
    known: Flags

    def __getitem__(self, places: Places) -> Told:
        """Of some of the messages."""
        return Told(self.wanted[places], self.known[places])


def learnable(answers: Sequence[Answer]) -> tuple[str, ...]:
    """The labels with enough answers of both kinds."""
    counts = Counter((answer.label, answer.said) for answer in answers)
    return tuple(label for label in LABELS if min(counts[label, True], counts[label, False]) >= LEAST)


def read(model: Model, messages: Sequence[tuple[str, str]], progress: Progress) -> Read:
    """Read (text, thread before it) with the encoder and the light model; some 10 ms each."""
    if model.encoder is None:
        raise ValueError("the encoder can't be read")
    vectors, light = [], []
    for number, (text, context) in enumerate(messages, 1):
        view = look(text, context or None)
        vectors.append(model.encoder.vector(view))
        light.append(model.evidence(view))
        if number % _OFTEN == 0 or number == len(messages):
            progress(number, len(messages))
    return Read(np.array(vectors, np.float32), np.array(light, np.float32))


def of_rows(rows: Sequence[Row]) -> Told:
    """What shipped messages are: all of it is known."""
    wanted = np.array([row.wanted for row in rows], bool)
    return Told(wanted, np.ones_like(wanted))


def of_answers(answers: Sequence[Answer], labels: Sequence[str]) -> Told:
    """What answered messages are, as far as `labels` were answered."""
    asked = np.array([[answer.label == label and label in labels for label in LABELS] for answer in answers], bool)
    said = np.array([[answer.said] for answer in answers], bool)
    return Told(asked & said, asked)


def fit(head: Head, parts: Sequence[tuple[Read, Told]], labels: Sequence[str]) -> Layer:
    """The layer for these messages, near the shipped one; of labels not named it stays as it is."""
    vectors = np.concatenate([part.vectors for part, _ in parts]).astype(np.float64)
    size = float(np.sqrt(np.mean(np.sum(vectors**2, axis=1)))) or 1.0
    table = np.column_stack([vectors / size, np.ones(len(vectors))])
    weights, bias = head.weights.astype(np.float64), head.bias.astype(np.float64)
    for at, label in enumerate(LABELS):
        if label not in labels:
            continue
        now = np.concatenate([_joined(head, part)[:, at] for part, _ in parts]).astype(np.float64)
        wanted = np.concatenate([told.wanted[:, at] for _, told in parts])
        known = np.concatenate([told.known[:, at] for _, told in parts])
        change = _change(table[known] * float(head.mix[at, 0]), now[known], wanted[known])
        weights[at] += change[:-1] / size
        bias[at] += change[-1]
    return Layer(weights.astype(np.float32), bias.astype(np.float32))


def judged(model: Model, head: Head, messages: Read) -> Floats:
    """How sure the cascade with this head is of messages (rows, labels), as it runs."""
    alone = share(np.array([head.by_light(row) for row in messages.light], np.float32))
    both = share(_joined(head, messages))
    return np.where(alone.max(axis=1, keepdims=True) < model.dismiss, alone, both)


def cross_judged(
    model: Model, shipped: tuple[Read, Told], answered: tuple[Read, Told], places: Sequence[int], labels: Sequence[str]
) -> Floats:
    """How sure layers are of answered messages (rows, labels) that had not seen them; `places` are their folds."""
    fold = np.array(places)
    found = np.zeros(answered[1].wanted.shape, np.float32)
    for number in range(FOLDS):
        held = fold == number
        rest = (answered[0][~held], answered[1][~held])
        layer = fit(model.head, [shipped, rest], labels)
        head = replace(model.head, weights=layer.weights, bias=layer.bias)
        found[held] = judged(model, head, answered[0][held])
    return found


def folds(answers: Sequence[Answer]) -> list[int]:
    """A fold for each answer: the same words always in the same one, yes and no spread alike."""
    place: dict[str, int] = {}
    seen: Counter[tuple[str, bool]] = Counter()
    for answer in answers:
        words = " ".join(answer.text.lower().split())
        if words not in place:
            place[words] = seen[answer.label, answer.said] % FOLDS
            seen[answer.label, answer.said] += 1
    return [place[" ".join(answer.text.lower().split())] for answer in answers]


def _joined(head: Head, messages: Read) -> Floats:
    rows = zip(messages.vectors, messages.light, strict=True)
    return np.array([head.joined(vector, light) for vector, light in rows], np.float32).reshape(-1, len(LABELS))


def _change(table: Doubles, now: Doubles, wanted: Flags) -> Doubles:
    """What to add to a layer whose log-odds are `now`, so that its loss and its distance are lowest together."""
    signs = np.where(wanted, 1.0, -1.0)

    def loss(at: Doubles) -> tuple[float, Doubles]:
        margins = signs * (now + table @ at)
        pull = -signs / (1 + np.exp(np.clip(margins, -60, 60)))
        return float(np.logaddexp(0, -margins).sum() + 0.5 * PRIOR * at @ at), table.T @ pull + PRIOR * at

    return lowest(loss, np.zeros(table.shape[1]), _STEPS)
