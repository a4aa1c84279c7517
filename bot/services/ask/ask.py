"""Answering a question from the articles: the best passages the person may read, and how sure the first one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.answering import (
    CERTAIN,
    SURE_FROM,
    Asked,
    Candidate,
    Ranked,
    asked_for,
    confidence,
    features,
    rank,
    whole,
)
from bot.domain.errors import Invalid
from bot.domain.knowledge import Article, Audience, Passage
from bot.ports import Read, UnitOfWork

Judge = Callable[[str, str], float | None]

MOST_CHARACTERS = 2_000
CANDIDATES = 40  # passages looked at: as many by their words, and as many by their meaning
RAREST = 12  # words that passages are looked up by
NO_WORDS = "What would you like to know? Type it in a few words."


@dataclass(frozen=True, slots=True)
class Source:
    """A passage and the article it stands in."""

    article: Article
    passage: Passage


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, likeliest first, and how sure the first one answers the question (0 to 1)."""

    sources: Sequence[Source]
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether it may be quoted as the answer."""
        return bool(self.sources) and self.confidence >= SURE_FROM


def checked(question: str) -> str:
    """A question fit to be asked. Raises Invalid for an empty one and a very long one."""
    text = " ".join(question.split())
    if not text:
        raise Invalid(NO_WORDS)
    if len(text) > MOST_CHARACTERS:
        words = f"That is a long one: {len(text):,} characters. Please ask it in at most {MOST_CHARACTERS:,}."
        raise Invalid(words)
    return text


def find_answer(
    uow: UnitOfWork,
    workspace: str,
    question: str,
    read: Read,
    audiences: Sequence[Audience],
    judge: Judge | None = None,
) -> Answer:
    """The answer to a question within what these audiences may read; `read` is the question as a reader reads it.

    `judge`: the log-odds that a passage answers a question, None where that can't be told.
    """
    asked, ranked = ranking(uow, workspace, question, read, audiences)
    if not ranked:
        return Answer((), 0.0)
    known = asked_for(question, ranked)
    if known:
        ranked = [known, *(one for one in ranked if one is not known)]
    sources = [
        Source(article, one.candidate.passage)
        for one in ranked
        if (article := uow.articles.get(workspace, one.candidate.article))
    ]
    sure = CERTAIN if known else confidence(signs(asked, ranked[0], sources[0].article.title, judge))
    return Answer(sources, sure)


def signs(asked: Asked, first: Ranked, title: str, judge: Judge | None) -> Sequence[float]:
    """What speaks for a passage, read together with the question where that is possible."""
    odds = judge(asked.text, whole(title, first.candidate.passage)) if judge else None
    return features(asked, first, odds)


def ranking(
    uow: UnitOfWork, workspace: str, question: str, read: Read, audiences: Sequence[Audience]
) -> tuple[Asked, Sequence[Ranked]]:
    """A question as it is weighed, and the best passage of each article these audiences may read, likeliest first."""
    counts = uow.passages.counts(workspace, audiences, sorted(set(read.words)))
    asked = Asked(question, read.words, counts.total, counts.of)
    known = sorted((word for word in asked.weights if counts.of[word]), key=lambda word: (-asked.weights[word], word))
    weights = {word: asked.weights[word] for word in known[:RAREST]}
    hits = uow.passages.find(workspace, audiences, weights, read.vector, CANDIDATES)
    return asked, rank(
        asked, [Candidate(one.article, one.passage, frozenset(one.words), one.similarity) for one in hits]
    )
