"""Reading texts for search: their words and notions, and their meaning as two encoders give it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.ports import Read, Vector
from bot.retrieval.wording import notions_in, words

Encode = Callable[[str], Vector | None]
Floats = NDArray[np.float64]
_ENGLISH, _PASSAGE, _TITLE = 1.0, 2.0, 2.0  # what each cosine counts; chosen on both sets of docs/answers.md


class Encoders(Protocol):
    """An encoder that reads questions and passages of any language."""

    def question(self, text: str) -> Vector | None:
        """A question's vector of length 1; None without the encoder."""

    def passage(self, text: str) -> Vector | None:
        """A passage's vector of length 1; None without the encoder."""


class Judges(Protocol):
    """Reads a question and a passage together."""

    def judge(self, question: str, passage: str) -> float | None:
        """The log-odds that the passage answers the question; None where that can't be told."""


class MeaningReader:
    """Implements bot.ports.Reader. `encode` gives a text's vector of length 1, or None where no encoder is there.

    That encoder knows English best. So it reads the text followed by the English names of its notions, and these names
    alone. The other one, if given, reads any language: a question is compared with the passage and with its title. The
    vectors are joined, so that the product of a question's and a passage's is the weighted sum of these cosines.
    """

    def __init__(self, encode: Encode, multilingual: Encoders | None = None, judge: Judges | None = None) -> None:
        self._encode = encode
        self._judge = judge
        self._multilingual = multilingual
        self._title = lru_cache(maxsize=8)(multilingual.passage if multilingual else encode)

    def read(self, text: str) -> Read:
        """A question in the form it is searched by."""
        found = words(text)
        other = self._multilingual.question(text) if self._multilingual else None
        return Read(found, _joined(self._english(text, found), None if other is None else np.asarray(other)))

    def read_passage(self, title: str, place: str, text: str) -> Read:
        """A passage with what stands above it, in the form it is found by."""
        whole = ". ".join(filter(None, (title, place, text)))
        found = words(whole)
        return Read(found, _joined(self._english(whole, found), self._placed(title, whole)))

    def judge(self, question: str, passage: str) -> float | None:
        """The log-odds that a passage answers the question; None without what reads both."""
        return self._judge.judge(question, passage) if self._judge else None

    def _english(self, text: str, found: tuple[str, ...]) -> Floats | None:
        notions = " ".join(notions_in(found))
        whole = self._encode(f"{text} {notions}")
        alone = self._encode(notions or text)
        if whole is None or alone is None:
            return None
        return np.asarray([*whole, *alone]) * float(np.sqrt(_ENGLISH / 2))

    def _placed(self, title: str, whole: str) -> Floats | None:
        if self._multilingual is None:
            return None
        passage, above = self._multilingual.passage(whole), self._title(title)
        if passage is None or above is None:
            return None
        placed: Floats = _PASSAGE * np.asarray(passage) + _TITLE * np.asarray(above)
        return placed


def _joined(english: Floats | None, other: Floats | None) -> Vector | None:
    """Both side by side; the first alone where there is no other."""
    parts = [part for part in (english, other) if part is not None]
    return None if english is None else [float(part) for part in np.concatenate(parts)]
