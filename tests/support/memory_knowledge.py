"""Articles and passages of the store in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.anonymity import Seal
from bot.domain.helpfulness import Enquiry, Verdict
from bot.domain.knowledge import Article, Audience, Passage
from bot.ports import Counts, Hit, Read, Vector
from tests.support.memory_state import State


class MemoryArticles:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, workspace: str, article: Article, index: Sequence[tuple[Passage, Read]]) -> None:
        self._state.articles[workspace, article.key] = article
        hits = []
        for passage, read in index:
            number = len(self._state.vectors) + 1
            self._state.vectors[number] = tuple(read.vector or ())
            hits.append(Hit(number, article.key, passage, tuple(dict.fromkeys(read.words))))
        self._state.passages[workspace, article.key] = tuple(hits)

    def get(self, workspace: str, key: str) -> Article | None:
        return self._state.articles.get((workspace, key))

    def of(self, workspace: str) -> Sequence[Article]:
        return [one for (owner, _), one in sorted(self._state.articles.items()) if owner == workspace]

    def due(self, workspace: str, until: date) -> Sequence[Article]:
        found = [one for one in self.of(workspace) if one.review_on and one.review_on <= until]
        return sorted(found, key=lambda one: (str(one.review_on), one.key))

    def remove(self, workspace: str, key: str) -> bool:
        self._state.passages.pop((workspace, key), None)
        return self._state.articles.pop((workspace, key), None) is not None


class MemoryPassages:
    def __init__(self, state: State) -> None:
        self._state = state

    def counts(self, workspace: str, audiences: Sequence[Audience], words: Sequence[str]) -> Counts:
        hits = list(self._readable(workspace, audiences))
        return Counts(len(hits), {word: sum(word in hit.words for hit in hits) for word in words})

    def find(
        self,
        workspace: str,
        audiences: Sequence[Audience],
        weights: Mapping[str, float],
        vector: Vector | None,
        most: int,
    ) -> Sequence[Hit]:
        hits = [replace(hit, similarity=self._near(hit, vector)) for hit in self._readable(workspace, audiences)]
        shared = {hit.id: sum(weights.get(word, 0.0) for word in hit.words) for hit in hits}
        worded = sorted((hit for hit in hits if shared[hit.id]), key=lambda hit: (-shared[hit.id], hit.id))[:most]
        near = sorted((hit for hit in hits if hit.similarity is not None), key=lambda hit: -(hit.similarity or 0))
        found = {hit.id: hit for hit in [*worded, *near[:most]]}
        return [found[number] for number in sorted(found)]

    def _readable(self, workspace: str, audiences: Sequence[Audience]) -> Iterator[Hit]:
        for (owner, key), hits in sorted(self._state.passages.items()):
            if owner == workspace and self._state.articles[owner, key].audience in audiences:
                yield from hits

    def _near(self, hit: Hit, asked: Vector | None) -> float | None:
        held = self._state.vectors[hit.id]
        return sum(a * b for a, b in zip(held, asked, strict=True)) if asked and len(held) == len(asked) else None


class MemoryEnquiries:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, enquiry: Enquiry) -> int:
        number = len(self._state.enquiries) + 1
        self._state.enquiries[number] = replace(enquiry, id=number)
        return number

    def rate(self, workspace: str, id_: int, verdict: Verdict) -> None:
        known = self._state.enquiries.get(id_)
        if known and known.workspace == workspace:
            self._state.enquiries[id_] = replace(known, verdict=verdict)

    def between(self, workspace: str, since: datetime, until: datetime, conversation: str = "") -> Sequence[Enquiry]:
        mine = [one for one in self._state.enquiries.values() if one.workspace == workspace and since <= one.at < until]
        wanted = [one for one in mine if conversation in {"", one.conversation}]
        return sorted(wanted, key=lambda one: (one.at, one.id))


class MemorySeals:
    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, seal: Seal) -> None:
        self._state.seals[seal.workspace, seal.token] = seal

    def get(self, workspace: str, token: str) -> Seal | None:
        return self._state.seals.get((workspace, token))

    def drop(self, workspace: str, token: str) -> None:
        self._state.seals.pop((workspace, token), None)

    def drop_unused(self, before: datetime) -> int:
        asked = {(ticket.workspace, ticket.requester) for ticket in self._state.tickets.values()}
        gone = [key for key, seal in self._state.seals.items() if seal.made_at < before and key not in asked]
        for key in gone:
            del self._state.seals[key]
        return len(gone)
