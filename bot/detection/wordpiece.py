"""Text to the numbers an encoder reads: BERT's uncased WordPiece (Devlin et al. 2018), for one text or two.

A word is cut into the longest pieces of the vocabulary, from its start; what goes on a word begins with ##."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

UNKNOWN, START, BREAK = "[UNK]", "[CLS]", "[SEP]"
_LONGEST_WORD = 100  # characters; a longer word is unknown, as in the original
_MOST_WORDS = 1_600  # words of a text that are cut at all; more than any limit of pieces lets through
_SPANS_OF_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@dataclass(frozen=True)
class Pieces:
    """One or two texts as numbers of pieces; `segments` says 0 for the first text and 1 for the second."""

    ids: tuple[int, ...]
    segments: tuple[int, ...]


class WordPiece:
    """Cuts texts by a vocabulary: piece to number."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._cut = lru_cache(maxsize=20_000)(self._cut_word)

    @classmethod
    def load(cls, vocabulary: Path) -> WordPiece:
        """Read a vocabulary, one piece a line, numbered from 0."""
        pieces = vocabulary.read_text(encoding="utf-8").rstrip("\n").split("\n")
        return cls({piece: number for number, piece in enumerate(pieces)})

    def read(self, text: str, context: str = "", most: int = 128, most_context: int = 48) -> Pieces:
        """START text BREAK, and where there is a context, its last pieces and BREAK; `most` pieces of the text."""
        first = self.pieces(text)[: most - 2]
        ids = [self._vocabulary[START], *first, self._vocabulary[BREAK]]
        segments = [0] * len(ids)
        if context:
            second = [*self.pieces(context)[-most_context:], self._vocabulary[BREAK]]
            ids, segments = ids + second, segments + [1] * len(second)
        return Pieces(tuple(ids), tuple(segments))

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's pieces, without START and BREAK."""
        return [piece for word in islice(words(text), _MOST_WORDS) for piece in self._cut(word)]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return (self._vocabulary[UNKNOWN],)
        found: list[int] = []
        start = 0
        while start < len(word):
            lead = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if lead + word[start:end] in self._vocabulary), None)
            if end is None:
                return (self._vocabulary[UNKNOWN],)
            found.append(self._vocabulary[lead + word[start:end]])
            start = end
        return tuple(found)


def words(text: str) -> list[str]:
    """Lower-case words and single signs of a text, accents dropped."""
    kept = "".join(_spaced(char) for char in text)
    plain = unicodedata.normalize("NFD", kept.lower())
    return "".join(_apart(char) for char in plain).split()


@lru_cache(maxsize=4096)
def _spaced(char: str) -> str:
    """A character as it is, a blank for white space, nothing for control signs, ideographs by themselves."""
    if char in "\t\n\r" or unicodedata.category(char) == "Zs":
        return " "
    if char in "\0\ufffd" or unicodedata.category(char).startswith("C"):
        return ""
    code = ord(char)
    return f" {char} " if any(low <= code <= high for low, high in _SPANS_OF_IDEOGRAPHS) else char


@lru_cache(maxsize=4096)
def _apart(char: str) -> str:
    """A sign stands by itself, an accent goes."""
    kind = unicodedata.category(char)
    if kind == "Mn":
        return ""
    sign = kind.startswith("P") or (char.isascii() and not char.isalnum() and not char.isspace())
    return f" {char} " if sign else char
