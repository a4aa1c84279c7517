"""Pairs as pieces of words, the way the judge reads them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bot.retrieval.judge import BREAK, START
from bot.retrieval.pieces import Floats, Pieces
from bot.retrieval.training.pairs import Pair

MOST_QUESTION, MOST_BOTH = 40, 112  # pieces; longer ones are rare and slow
_CHUNK = 6  # batches whose examples are put in order of their length

Draw = Callable[[], Pair]


@dataclass(frozen=True)
class Example:
    """`read`: numbers of pieces; the passage stands from `start` to before the last. `labels`: 1.0 for those of its
    pieces that the answer is made of; None where that is not known."""

    read: list[int]
    start: int
    is_answered: bool
    labels: Floats | None


def batches(draw: Draw, cut: Callable[[Pair], Example], size: int, source: random.Random) -> Iterator[list[Example]]:
    """Batches without end, examples of similar length together."""
    while True:
        drawn = sorted((cut(draw()) for _ in range(size * _CHUNK)), key=lambda one: len(one.read))
        found = [drawn[start : start + size] for start in range(0, len(drawn), size)]
        source.shuffle(found)
        yield from found


def mixed(public: Callable[[], Iterable[Pair]], own: Callable[[], Iterable[Pair]], share: float, seed: int) -> Draw:
    """Draws pairs, `share` of them from `own`; each is gone through in a new order before it is made again."""
    source = random.Random(seed)
    pools = [_endless(public, source), _endless(own, source)]
    return lambda: next(pools[source.random() < share])


def example(pair: Pair, pieces: Pieces, lengths: Mapping[int, int]) -> Example:
    """A pair as pieces; `lengths`: characters by piece."""
    before = [START, *pieces.cut(pair.question)[:MOST_QUESTION], BREAK, BREAK]
    said = pieces.cut(pair.lead + pair.text)[: MOST_BOTH - len(before) - 1]
    labels = np.zeros(len(said), np.float32)
    if pair.span:
        first, end = (len(pieces.written(pair.lead + pair.text[:at])) for at in pair.span)
        ends = np.cumsum([lengths.get(one, 1) for one in said])
        labels = np.array((ends > first) & (np.append(0, ends[:-1]) < end), np.float32)
    is_known = labels.any() if pair.is_answered else True
    return Example([*before, *said, BREAK], len(before), pair.is_answered, labels if is_known else None)


def lengths(pieces: Pieces) -> dict[int, int]:
    """How many characters each piece has; the unknown one stands for one."""
    return {number: len(word) for word, number in pieces.numbers.items() if number != pieces.unknown}


def _endless(make: Callable[[], Iterable[Pair]], source: random.Random) -> Iterator[Pair]:
    while True:
        found = list(make())
        source.shuffle(found)
        yield from found
