"""Reading texts for search: their words and notions, and their meaning as the encoder gives it."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from bot.ports import Read, Vector
from bot.retrieval.wording import notions_in, words

Encode = Callable[[str], Vector | None]


class MeaningReader:
    """Implements bot.ports.Reader. `encode` gives a text's vector of length 1, or None where no encoder is there.

    The encoder knows English best. So it reads the text followed by the English names of its notions, and these names
    alone; both vectors side by side are one of length 1, and a cosine of two such is the mean of both cosines.
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def read(self, text: str) -> Read:
        """The text in the form it is searched by."""
        found = words(text)
        return Read(found, self._vector(text, " ".join(notions_in(found))))

    def _vector(self, text: str, notions: str) -> Vector | None:
        whole = self._encode(f"{text} {notions}")
        alone = self._encode(notions or text)
        if whole is None or alone is None:
            return None
        return [part / sqrt(2) for part in (*whole, *alone)]
