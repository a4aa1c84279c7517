"""Text to the numbers an encoder reads: BERT's uncased WordPiece (Devlin et al. 2018), for one text or two.

A word is cut into the longest pieces of the vocabulary, from its start; what goes on a word begins with ##."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

UNKNOWN, START, BREAK = "[UNK]", "[CLS]", "[SEP]"
Place = tuple[int, int]

NOWHERE = (-1, -1)
_WORD = re.compile(r"\S+")
_LONGEST_WORD = 100  # characters; a longer word is unknown, as in the original
_MOST_WORDS = 1_600  # words of a text that are cut at all; more than any limit of pieces lets through
_SPANS_OF_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@dataclass(frozen=True)
class Pieces:
    """One or two texts as numbers of pieces; `segments` says 0 for the first text and 1 for the second.

    `places` says where in its text each piece stands, from and to; NOWHERE for START and BREAK.
    """

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    places: tuple[Place, ...]


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
        end = (self._vocabulary[BREAK], NOWHERE)
        first = [(self._vocabulary[START], NOWHERE), *self._placed(text)[: most - 2], end]
        second = [*self._placed(context)[-most_context:], end] if context else []
        ids, places = zip(*first, *second, strict=True)
        return Pieces(ids, (0,) * len(first) + (1,) * len(second), places)

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's pieces, without START and BREAK."""
        return [piece for piece, _ in self._placed(text)]

    def _placed(self, text: str) -> list[tuple[int, Place]]:
        """The numbers of a text's pieces, and where they stand in it."""
        found = []
        for word, places in islice(_placed_words(text), _MOST_WORDS):
            at = 0
            for piece, length in self._cut(word):
                found.append((piece, (places[at], places[at + length - 1] + 1)))
                at += length
        return found

    def _cut_word(self, word: str) -> tuple[tuple[int, int], ...]:
        """The numbers of a word's pieces, and how many letters each takes."""
        unknown = ((self._vocabulary[UNKNOWN], len(word)),)
        if len(word) > _LONGEST_WORD:
            return unknown
        found: list[tuple[int, int]] = []
        start = 0
        while start < len(word):
            lead = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if lead + word[start:end] in self._vocabulary), None)
            if end is None:
                return unknown
            found.append((self._vocabulary[lead + word[start:end]], end - start))
            start = end
        return tuple(found)


def words(text: str) -> list[str]:
    """Lower-case words and single signs of a text, accents dropped."""
    return [word for word, _ in _placed_words(text)]


def _placed_words(text: str) -> Iterator[tuple[str, list[int]]]:
    """The words, and where each of their letters comes from in the text."""
    letters = [_letters(char) for char in text]
    places = [at for at, some in enumerate(letters) for _ in some]
    for match in _WORD.finditer("".join(letters)):
        yield match.group(), places[match.start() : match.end()]


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    """What a character is read as: small letters without accents, blanks around signs, nothing at times."""
    plain = unicodedata.normalize("NFD", _spaced(char).lower())
    return "".join(_apart(letter) for letter in plain)


def _spaced(char: str) -> str:
    """A character as it is, a blank for white space, nothing for control signs, ideographs by themselves."""
    if char in "\t\n\r" or unicodedata.category(char) == "Zs":
        return " "
    if char in "\0\ufffd" or unicodedata.category(char).startswith("C"):
        return ""
    code = ord(char)
    return f" {char} " if any(low <= code <= high for low, high in _SPANS_OF_IDEOGRAPHS) else char


def _apart(char: str) -> str:
    """A sign stands by itself, an accent goes."""
    kind = unicodedata.category(char)
    if kind == "Mn":
        return ""
    sign = kind.startswith("P") or (char.isascii() and not char.isalnum() and not char.isspace())
    return f" {char} " if sign else char
