"""Labelled messages as batches of numbers, now and then with other names for their tools. Needs torch."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from bot.detection import names
from bot.detection.encoder import MOST_CONTEXT, MOST_PIECES
from bot.detection.features import Floats
from bot.detection.lists import tools_by_topic
from bot.detection.mentions import Kind
from bot.detection.tags import Tag
from bot.detection.training import tagging
from bot.detection.training.corpus import Row
from bot.detection.view import look
from bot.detection.wordpiece import Pieces, WordPiece

BATCH = 32
_OTHER_NAMES = 0.5  # share of the messages whose tools are given other names, anew in each epoch
_UNSURE = 0.01  # labels are 0.01 and 0.99: nobody labels without a slip


@dataclass(frozen=True)
class Example:
    """A message as numbers, its labels, what its tags should be (pieces, 2 * tags), and which are asked (2 * tags)."""

    read: Pieces
    wanted: tuple[bool, bool]
    tags: Floats
    asked: Floats


@dataclass(frozen=True)
class Batch:
    """Numbers of pieces, mask and segments (batch, longest), what is wanted of labels (batch, labels) and tags (batch,
    longest, 2 * tags), and how much each of the tags counts (the same shape)."""

    ids: Tensor
    mask: Tensor
    segments: Tensor
    labels: Tensor
    tags: Tensor
    asked: Tensor


def batches(rows: Sequence[Row], words: WordPiece, pool: Sequence[str], source: random.Random) -> Iterator[Batch]:
    """All rows in a new order, messages of similar length together."""
    read = [example(_renamed(row, pool, source), words) for row in rows]
    source.shuffle(read)
    chunks = [read[start : start + BATCH * 16] for start in range(0, len(read), BATCH * 16)]
    ranked = [sorted(chunk, key=lambda one: len(one.read.ids)) for chunk in chunks]
    parts = [chunk[start : start + BATCH] for chunk in ranked for start in range(0, len(chunk), BATCH)]
    source.shuffle(parts)
    yield from (padded(part) for part in parts)


def _renamed(row: Row, pool: Sequence[str], source: random.Random) -> Row:
    """The row, now and then with other names for the tools: it is not the name that makes a new tool."""
    if source.random() >= _OTHER_NAMES:
        return row
    known = sorted({one.name for one in names.mark(row.text).mentions if one.kind is Kind.KNOWN})
    text, context, tools = row.text, row.context, []
    for name in row.tools or known:
        other = source.choice(pool)
        other = other.lower() if name.islower() else other
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        changed = tuple(_replaced(pattern, other, part) for part in (text, context))
        tools += [name if changed == (text, context) else other] if row.tools else []
        text, context = changed
    return replace(row, text=text, context=context, tools=tuple(tools))


def _replaced(pattern: re.Pattern[str], other: str, text: str) -> str:
    return pattern.sub(lambda _: other, text)


def pool(rows: Sequence[Row]) -> list[str]:
    """Names to give: those of the shipped list, and those that the rows adopt, twice."""
    own = [name for row in rows for name in row.tools]
    return [known.tool.name for known in tools_by_topic().values()] + own * 2


def example(row: Row, words: WordPiece) -> Example:
    """A row as numbers."""
    view = look(row.text, row.context or None)
    read = words.read(view.text, view.context, MOST_PIECES, MOST_CONTEXT)
    return Example(read, row.wanted, tagging.targets(tagging.written(row), view, read), tagging.asked(row))


def padded(examples: Sequence[Example]) -> Batch:
    """Examples side by side, filled up with zeros."""
    shape = (len(examples), max(len(one.read.ids) for one in examples))
    ids, mask, segments = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    tags, asked = torch.zeros((*shape, 2 * len(Tag))), torch.zeros((*shape, 2 * len(Tag)))
    for at, one in enumerate(examples):
        length = len(one.read.ids)
        ids[at, :length] = torch.tensor(one.read.ids)
        mask[at, :length] = 1
        segments[at, :length] = torch.tensor(one.read.segments)
        tags[at, :length] = torch.from_numpy(one.tags)
        asked[at, :length] = torch.from_numpy(one.asked)
    labels = torch.tensor([one.wanted for one in examples], dtype=torch.float32)
    return Batch(ids, mask, segments, labels * (1 - 2 * _UNSURE) + _UNSURE, tags, asked)
