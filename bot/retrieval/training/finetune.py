"""Training the reader of answers, stage by stage. Needs torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional, utils

from bot.retrieval.pieces import Pieces
from bot.retrieval.training.examples import Example
from bot.retrieval.training.reader import WIDTH, Reader

_OFTEN = 20  # steps between two lines of progress
_WARM = 6  # one part in so many of the steps is spent on coming to the full rate
_LOWEST = 0.02  # of the full rate, at the end


class Stage(NamedTuple):
    """`share` of the steps, and of the examples that are `own`; how many of the lowest layers stay as they are; the
    highest rate of the layers, and how many times higher that of the outlets is; share of numbers dropped; how much
    finding the answer counts beside telling whether there is one; how unsure the labels are."""

    name: str
    share: float
    own: float
    frozen: int
    rate: float
    faster: float
    dropped: float
    spots_count: float
    unsure: float


STAGES = (
    Stage("all but the four lowest layers, mostly public questions", 0.5, 0.2, 4, 5e-5, 10, 0.1, 0.5, 0.0),
    Stage("the four upper layers, mostly near misses", 0.5, 0.7, 8, 5e-5, 5, 0.15, 0.2, 0.02),
)


class Batch(NamedTuple):
    """Vectors (batch, longest, WIDTH), 1 where the passage stands and where a piece is at all (batch, longest), which
    are answered (batch), the pieces of the answers (batch, longest), and for whom these are known (batch)."""

    words: Tensor
    passage: Tensor
    mask: Tensor
    answered: Tensor
    labels: Tensor
    known: Tensor


def train(
    model: Reader, stage: Stage, steps: int, source: Iterator[Sequence[Example]], pieces: Pieces,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Train a reader on so many batches."""
    model.freeze(stage.frozen, stage.dropped)
    outlets = [*model.spot.parameters(), *model.outlet.parameters()]
    layers = [one for one in model.layers.parameters() if one.requires_grad]
    groups = [{"params": layers, "lr": stage.rate}, {"params": outlets, "lr": stage.rate * stage.faster}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    losses = []
    model.train()
    for step in range(1, steps + 1):
        batch = padded(next(source), pieces)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            odds, spots = model(batch.words, batch.passage, batch.mask)
        loss = _loss(odds.float(), spots.float(), batch, stage)
        optimiser.zero_grad()
        loss.backward()
        utils.clip_grad_norm_([*layers, *outlets], 1.0)
        optimiser.step()
        schedule.step()
        losses.append(float(loss.detach()))
        if step % _OFTEN == 0 or step == steps:
            tell(f"step {step} of {steps}: loss {np.mean(losses[-_OFTEN:]):.3f}")
    model.eval()


def padded(examples: Sequence[Example], pieces: Pieces) -> Batch:
    """Examples side by side, filled up with zeros."""
    shape = (len(examples), max(len(one.read) for one in examples))
    words = torch.zeros(*shape, WIDTH)
    passage, mask, labels = (torch.zeros(shape) for _ in range(3))
    for at, one in enumerate(examples):
        length = len(one.read)
        words[at, :length] = torch.from_numpy(pieces.vectors_of(one.read))
        mask[at, :length] = 1
        passage[at, one.start : length - 1] = 1
        if one.labels is not None:
            labels[at, one.start : length - 1] = torch.from_numpy(one.labels)
    answered, known = (
        torch.tensor(one, dtype=torch.float32)
        for one in zip(*((one.is_answered, one.labels is not None) for one in examples), strict=True)
    )
    return Batch(words, passage, mask, answered, labels, known)


def _loss(odds: Tensor, spots: Tensor, batch: Batch, stage: Stage) -> Tensor:
    """The loss of whether it is answered, and that of where: pieces of the answer count as much as all others."""
    wanted = batch.answered * (1 - 2 * stage.unsure) + stage.unsure
    each = functional.binary_cross_entropy_with_logits(spots, batch.labels, reduction="none")
    asked = batch.passage * batch.known[:, None]
    inside, outside = (_weighed(each, asked * one) for one in (batch.labels, 1 - batch.labels))
    answers = functional.binary_cross_entropy_with_logits(odds, wanted)
    return answers + stage.spots_count * (inside + outside).mean()


def _weighed(each: Tensor, asked: Tensor) -> Tensor:
    return (each * asked).sum(1) / asked.sum(1).clamp(min=1)


def _rate(step: int, steps: int) -> float:
    warm = max(1, steps // _WARM)
    return min(1.0, (step + 1) / warm) * max(_LOWEST, 1 - step / steps)
