"""The words of a text in a common form: without accents, endings and empty words, and the notions they stand for.

A notion gathers the words of five languages that mean the same, so that question and article may use different ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STOP_WORDS = Path(__file__).with_name("stop_words.txt")
THESAURUS = Path(__file__).with_name("thesaurus.txt")
LONGEST_PHRASE = 4
SHORTEST_PART = 4  # letters of the parts that a compound is cut into
LONGEST_WORD = 60
MOST_CHARACTERS = 12_000
NOTION = "ǂ"  # before a notion's name: a letter to every full-text index, and no word of ours begins with it
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ungen", "ing", "ung", "ed", "es", "en", "er", "em", "os", "as", "e", "s", "n", "a", "o")
_LINKS = ("", "s", "n", "en", "es")


@dataclass(frozen=True)
class Thesaurus:
    """Which notions a word, the beginning of a word, or a phrase stands for; a notion is named by its first word."""

    whole: Mapping[str, tuple[str, ...]]
    begun: Mapping[str, tuple[str, ...]]
    phrases: Mapping[tuple[str, ...], tuple[str, ...]]

    def of_word(self, word: str) -> tuple[str, ...]:
        """The notions of a word, of the parts of a compound, or of a word's longest known beginning."""
        known = self.whole.get(word) or self.whole.get(word.removesuffix("s")) or tuple(self._of_parts(word))
        return known or self._of_beginning(word)

    def _of_beginning(self, word: str) -> tuple[str, ...]:
        for end in range(len(word), 2, -1):
            if word[:end] in self.begun:
                return self.begun[word[:end]]
        return ()

    def _of_parts(self, word: str) -> Iterator[str]:
        """The notions of `newsletter` and `versand` in `newsletterversand`; none unless it is cut into known words."""
        for at in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            for link in _LINKS:
                head = word[:at].removesuffix(link) if link else word[:at]
                first = self.whole.get(head) or (self.begun.get(head) if len(head) >= SHORTEST_PART else None)
                rest = self.whole.get(word[at:]) or self._of_beginning(word[at:])
                if first and rest and len(head) + len(link) == at:
                    yield from first
                    yield from rest
                    return


def words(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, and the notions they and their phrases stand for, in their order."""
    found = tokens(text[:MOST_CHARACTERS])
    known = thesaurus()
    stop = stop_words()
    read: list[str] = []
    for at, word in enumerate(found):
        read.extend(NOTION + one for one in _of_phrase(known, found, at))
        if word not in stop:
            read.append(stem(word))
            read.extend(NOTION + one for one in known.of_word(word))
    return tuple(read)


def notions_in(read: Iterable[str]) -> list[str]:
    """The names of the notions among such words, each once."""
    return list(dict.fromkeys(word.removeprefix(NOTION) for word in read if word.startswith(NOTION)))


def tokens(text: str) -> list[str]:
    """All words and numbers, small and without accents."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def folded(text: str) -> str:
    """A text in small letters without accents; digits grouped in thousands are joined, as are capitals with dots."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return re.sub(r"(?<=\d)[.,\u00a0 ](?=\d{3}(?!\d))", "", plain)


def stem(word: str) -> str:
    """A word without its commonest ending, in any of the five languages; at least four letters stay."""
    for ending in _ENDINGS:
        if len(word) - len(ending) >= SHORTEST_PART and word.endswith(ending):
            return word.removesuffix(ending)
    return word


@cache
def stop_words() -> frozenset[str]:
    """Words of the five languages that say nothing about what a text is about."""
    return frozenset(tokens(STOP_WORDS.read_text(encoding="utf-8")))


@cache
def thesaurus() -> Thesaurus:
    """The notions that ship."""
    whole: dict[str, tuple[str, ...]] = {}
    begun: dict[str, tuple[str, ...]] = {}
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in THESAURUS.read_text(encoding="utf-8").splitlines():
        terms = [] if line.startswith("#") else folded(line).split()
        for term in terms:
            name = terms[0].rstrip("*").replace("_", "")
            if "_" in term:
                key = tuple(term.split("_"))
                phrases[key] = (*phrases.get(key, ()), name)
            else:
                where = begun if term.endswith("*") else whole
                where[term.rstrip("*")] = tuple(dict.fromkeys((*where.get(term.rstrip("*"), ()), name)))
    return Thesaurus(whole, begun, phrases)


def _of_phrase(known: Thesaurus, found: list[str], at: int) -> tuple[str, ...]:
    """The notions of the longest phrase that begins here; its last word may end otherwise."""
    for end in range(min(at + LONGEST_PHRASE, len(found)), at + 1, -1):
        phrase = tuple(found[at:end])
        if notions := known.phrases.get(phrase) or known.phrases.get((*phrase[:-1], phrase[-1].removesuffix("s"))):
            return notions
    return ()
