"""A message as sparse numbers: TF-IDF over words, pairs of words and runs of characters, hashed into a fixed room.

The hash is CRC-32 of the UTF-8 bytes, so that a model means the same on every machine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ROOM = 1 << 18  # buckets
_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_RUNS = (2, 3, 4, 5)  # characters
_CONTEXT, _MARKED = "\x01", "\x02"  # before whatever has buckets of its own
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
    return _sparse([*_buckets(text, ""), *(_buckets(context, _CONTEXT) if context else ())])


def counted_signs(marked: str) -> Sparse:
    """The same for a text with names as signs, in buckets of its own."""
    return _sparse(_buckets(marked, _MARKED))


def weighed(sparse: Sparse, rarity: Floats) -> Sparse:
    """Times the rarity of each bucket (inverse document frequency), made one long; unknown buckets drop out."""
    value = sparse.value * rarity[sparse.at]
    length = float(np.sqrt(np.dot(value, value)))
    return Sparse(sparse.at, value / np.float32(length or 1.0))


def _sparse(buckets: Iterable[int]) -> Sparse:
    counts = Counter(buckets)
    at = np.fromiter(counts.keys(), np.int64, len(counts))
    hits = np.fromiter(counts.values(), np.float32, len(counts))
    return Sparse(at, (1 + np.log(hits)).astype(np.float32))


def _buckets(text: str, lead: str) -> list[int]:
    """The buckets of each word, each pair of words, and each run of characters within a word."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(text.lower())[:_MOST_WORDS]]
    cut = [_cut(word, lead) for word in words]
    found = [whole for whole, _ in cut]
    found += [_bucket(f"{lead}w{one} {two}") for one, two in pairwise(words)]
    if lead != _CONTEXT:
        found += chain.from_iterable(runs for _, runs in cut)
    return found


@lru_cache(maxsize=8192)  # most words of a channel come again and again
def _cut(word: str, lead: str) -> tuple[int, tuple[int, ...]]:
    """The bucket of a word, and those of the runs of characters in it, its ends marked by blanks."""
    padded = f" {word} "
    places = ((start, start + size) for size in _RUNS for start in range(max(1, len(padded) - size + 1)))
    return _bucket(f"{lead}w{word}"), tuple(_bucket(lead + padded[start:end]) for start, end in places)


def _bucket(gram: str) -> int:
    return crc32(gram.encode("utf-8", "surrogatepass")) % ROOM
