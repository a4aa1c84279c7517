"""What the core needs for knowledge: articles with their index in the store, and what makes texts comparable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.helpfulness import Enquiry, Verdict
from bot.domain.knowledge import Article, Audience, Passage

Vector = Sequence[float]


@dataclass(frozen=True, slots=True)
class Read:
    """A text made comparable: its words in a common form, and its meaning as a vector, if there is one. The product of
    a question's vector and a passage's says how near they are."""

    words: tuple[str, ...]
    vector: Vector | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `similarity`: the product of its vector and the question's, None where they can't be
    compared."""

    id: int
    article: str
    passage: Passage
    words: tuple[str, ...]
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Of how many passages each word is part, and how many passages there are."""

    total: int
    of: Mapping[str, int]


class Reader(Protocol):
    """Makes questions and passages comparable, whatever language they are in."""

    def read(self, text: str) -> Read:
        """A question in the form it is searched by."""

    def read_passage(self, title: str, place: str, text: str) -> Read:
        """A passage in the form it is found by, with its article's title and the headings above it."""

    def judge(self, question: str, passage: str) -> float | None:
        """The log-odds that a passage, its title before it, answers the question; None where that can't be told."""


class Supports(Protocol):
    """Tells whether a passage bears a sentence out."""

    def __call__(self, sentence: str, passage: str, above: str, lang: str) -> bool:
        """True only if what the sentence says stands in the passage; words of what stands `above` it may come in
        addition. `lang`: the passage's language, an ISO 639-1 code."""


class Articles(Protocol):
    """The articles of each workspace, each with the passages it is found by."""

    def save(self, workspace: str, article: Article, index: Sequence[tuple[Passage, Read]]) -> None:
        """Store an article and its passages, in place of the ones with the same title."""

    def get(self, workspace: str, key: str) -> Article | None:
        """The article with this key."""

    def of(self, workspace: str) -> Sequence[Article]:
        """The articles of a workspace, by key."""

    def due(self, workspace: str, until: date) -> Sequence[Article]:
        """The articles that should be looked at again by a day, the most overdue first, then by key."""

    def remove(self, workspace: str, key: str) -> bool:
        """Delete an article with its passages. False if there is none."""


class Passages(Protocol):
    """Finding passages. What the audiences named may not read is not found, nor counted."""

    def counts(self, workspace: str, audiences: Sequence[Audience], words: Sequence[str]) -> Counts:
        """How common some words are in what these audiences may read."""

    def find(
        self,
        workspace: str,
        audiences: Sequence[Audience],
        weights: Mapping[str, float],
        vector: Vector | None,
        most: int,
    ) -> Sequence[Hit]:
        """The `most` passages with the heaviest words in common and the `most` nearest in meaning, each once, by id."""


class Enquiries(Protocol):
    """What became of the questions that were put; who asked is not kept."""

    def add(self, enquiry: Enquiry) -> int:
        """Note a question; the number it has from now on."""

    def rate(self, workspace: str, id_: int, verdict: Verdict) -> None:
        """Note what the asker said; nothing happens if it is not there."""

    def between(self, workspace: str, since: datetime, until: datetime, conversation: str = "") -> Sequence[Enquiry]:
        """The questions of a period, oldest first; of one conversation, if one is named."""
