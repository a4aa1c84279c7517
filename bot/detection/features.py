"""A message as sparse numbers: TF-IDF over words, pairs of words and runs of characters, hashed into a fixed room.

The hash is CRC-32 of the UTF-8 bytes, so that a model means the same on every machine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ROOM = 1 << 18  # buckets
_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_RUNS = (2, 3, 4, 5)  # characters
_MOST_WORDS = 600  # words of a text that are counted
_LONGEST_WORD = 40  # characters of a word that are cut into runs

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Sparse:
    """A vector of ROOM numbers, of which only those that are not zero are kept: where, and how much."""

    at: Whole
    value: Floats


def counted(text: str, context: str = "") -> Sparse:
    """How often each bucket is hit, as 1 + ln(count); of the context only words and pairs, in buckets of their own."""
    return _sparse([*_grams(text, ""), *(_grams(context, "\x01", runs=()) if context else ())])


def counted_signs(marked: str) -> Sparse:
    """The same for a text with names as signs, in buckets of its own."""
    return _sparse(_grams(marked, "\x02"))


def weighed(sparse: Sparse, rarity: Floats) -> Sparse:
    """Times the rarity of each bucket (inverse document frequency), made one long; unknown buckets drop out."""
    value = sparse.value * rarity[sparse.at]
    length = float(np.sqrt(np.dot(value, value)))
    return Sparse(sparse.at, value / np.float32(length or 1.0))


def _sparse(grams: Iterable[str]) -> Sparse:
    counts = Counter([crc32(gram.encode("utf-8", "surrogatepass")) % ROOM for gram in grams])
    at = np.fromiter(counts.keys(), np.int64, len(counts))
    hits = np.fromiter(counts.values(), np.float32, len(counts))
    return Sparse(at, (1 + np.log(hits)).astype(np.float32))


def _grams(text: str, lead: str, runs: Iterable[int] = _RUNS) -> list[str]:
    """Each word, pair of words, and run of characters within a word (its ends marked by blanks)."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(text.lower())[:_MOST_WORDS]]
    grams = [f"{lead}w{word}" for word in words]
    grams += [f"{lead}w{one} {two}" for one, two in pairwise(words)]
    for word in words:
        padded = f" {word} "
        grams += [
            lead + padded[start : start + size] for size in runs for start in range(max(1, len(padded) - size + 1))
        ]
    return grams
