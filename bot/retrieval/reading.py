"""Reading texts for search: their words in a common form, and their meaning as the encoder gives it."""

from __future__ import annotations

from collections.abc import Callable

from bot.ports import Read, Vector
from bot.retrieval.wording import words

Encode = Callable[[str], Vector | None]


class MeaningReader:
    """Implements bot.ports.Reader. `encode` gives a text's vector of length 1, or None where no encoder is there."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def read(self, text: str) -> Read:
        """The text in the form it is searched by."""
        return Read(words(text), self._encode(text))
