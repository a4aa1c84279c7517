"""Whether a word is an ordinary one, written so, bent or with a slip, and so no name."""

import re
from functools import lru_cache

from bot.detection.lists import common_words, not_names, words

_BEGINNINGS = ("re", "un", "pre", "non", "mis", "over", "multi", "auto", "sub", "co", "inter")
_ENDINGS = ("s es ed ing er ers ly able ish less ness ful ment ization isation").split()
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]{2,}|[A-Za-z]\d|\d[A-Za-z]{2,}")
_NOISE = re.compile(r"(\w)\1+|(?:ha|he|lo|ho|hi)+h?|\d+\w{1,4}|\w*(\w)\2\2\w*")


def humped(word: str) -> bool:
    """Whether capitals or digits stand inside a word, as in HubSpot or 15Five."""
    return bool(_CAMEL.search(word))


def noise(word: str) -> bool:
    """Whether a word is no word: aaah, haha, 25th, sooo."""
    return bool(_NOISE.fullmatch(word))


@lru_cache(maxsize=8192)
def ordinary(word: str) -> bool:
    """Whether a dictionary word stands here, as it is, with a common beginning or ending, or with one slip."""
    return word in not_names() or any(stem in words() for stem in _stems(word))


def _stems(word: str) -> set[str]:
    """A word without its common beginnings and endings."""
    roots = {word} | {word.removeprefix(lead) for lead in _BEGINNINGS}
    stems = set(roots)
    for root in roots:
        for ending in _ENDINGS:
            if root.endswith(ending) and len(root) - len(ending) > 2:
                stem = root.removesuffix(ending)
                stems |= {stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem}
    return stems


@lru_cache(maxsize=8192)
def slip(word: str) -> bool:
    """Whether one edit, or a letter that moved, makes a common word of this one."""
    if word in _shortened_words():
        return True
    return any(short in common_words() or short in _shortened_words() for short in _shortened(word))


@lru_cache(maxsize=1)
def _shortened_words() -> frozenset[str]:
    """The common words of five letters or more, each without one of its letters."""
    return frozenset(short for word in common_words() if len(word) > 4 for short in _shortened(word))


def _shortened(word: str) -> frozenset[str]:
    return frozenset(word[:at] + word[at + 1 :] for at in range(len(word)))
