"""The words of a text in a common form: small, without accents and endings, without the words that say nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

STOP_WORDS = Path(__file__).with_name("stop_words.txt")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, in their order."""
    return tuple(word for word in tokens(text) if word not in stop_words())


def tokens(text: str) -> list[str]:
    """All words and numbers, small and without accents."""
    return _WORD.findall(folded(text))


def folded(text: str) -> str:
    """A text in small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


@cache
def stop_words() -> frozenset[str]:
    """Words of the five languages that say nothing about what a text is about."""
    return frozenset(tokens(STOP_WORDS.read_text(encoding="utf-8")))
