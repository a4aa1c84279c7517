"""What is learned from: a question, a passage, and whether the passage answers it."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.retrieval.training.squad import Item

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý0-9\"'“„])")
_WORDS = re.compile(r"\w{4,}")
_STEM = 6  # characters by which words are held to be the same
_SIZES = (1, 1, 2, 2, 3)  # sentences in a passage
_TITLED = 0.6  # share of the passages that are read with their title, as articles are
_CROSSED = 0.3  # share of the questions, of those in several languages, that are asked of another language's paragraph
_WITH, _WITHOUT = 0.87, 0.93  # up to here: the answer's passage; its paragraph without it; then another paragraph

Span = tuple[int, int]  # the first character, and one past the last


@dataclass(frozen=True)
class Pair:
    """`span`: where the answer stands in `text`; None where it is not there, or where it is not known."""

    question: str
    title: str
    text: str
    is_answered: bool
    span: Span | None = None

    @property
    def lead(self) -> str:
        """What is read before the text."""
        return f"{self.title}. " if self.title else ""


def pairs(items: Sequence[Item], source: random.Random) -> Iterator[Pair]:
    """One or two pairs a question, in other windows each time; questions with the same id are the same in other
    languages, and some are asked of each other's paragraphs."""
    same: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        same[item.id].append(item)
    for group in same.values():
        chosen = [(one, one) for one in source.sample(group, min(2, len(group)))]
        if len(group) > 1 and source.random() < _CROSSED:
            asked, read = source.sample(group, 2)
            chosen.append((asked, read))
        for asked, read in chosen:
            if pair := _pair(asked.question, read, items, source):
                yield pair


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text stand."""
    starts = [0, *(found.end() for found in _ENDS.finditer(text))]
    ends = [*(found.start() for found in _ENDS.finditer(text)), len(text)]
    return list(zip(starts, ends, strict=True))


def window(text: str, at: int, size: int, source: random.Random) -> Span:
    """Up to `size` sentences in a row, among them the one with the character `at`."""
    spans = sentences(text)
    centre = next((number for number, (_, end) in enumerate(spans) if at < end), len(spans) - 1)
    first = centre - source.randint(0, min(centre, size - 1))
    last = min(len(spans), first + size) - 1
    return spans[first][0], spans[last][1]


def _pair(question: str, read: Item, others: Sequence[Item], source: random.Random) -> Pair | None:
    title = read.title if source.random() < _TITLED else ""
    if read.span is None:
        start, end = window(read.paragraph, _nearest(read), source.choice(_SIZES), source)
        return Pair(question, title, read.paragraph[start:end], False)
    kind = source.random()
    if kind < _WITH:
        return _answered(question, title, read, read.span, source)
    if kind < _WITHOUT:
        rest = _without(read, read.span, source)
        return Pair(question, title, rest, False) if rest else None
    other = source.choice(others)
    if other.title == read.title:
        return None
    start, end = window(other.paragraph, source.randrange(len(other.paragraph) or 1), source.choice(_SIZES), source)
    return Pair(question, other.title if title else "", other.paragraph[start:end], False)


def _answered(question: str, title: str, read: Item, span: Span, source: random.Random) -> Pair:
    start, end = window(read.paragraph, span[0], source.choice(_SIZES), source)
    text = read.paragraph[start : max(end, span[1])]
    return Pair(question, title, text, True, (span[0] - start, span[1] - start))


def _without(read: Item, span: Span, source: random.Random) -> str:
    """One to three sentences of the paragraph in which the answer does not stand; empty if there are none."""
    answer = read.paragraph[span[0] : span[1]].lower()
    texts = [read.paragraph[start:end] for start, end in sentences(read.paragraph) if not start <= span[0] < end]
    rest = [text for text in texts if answer not in text.lower()]
    first = source.randint(0, max(0, len(rest) - 3))
    return " ".join(rest[first : first + source.randint(1, 3)])


def _nearest(read: Item) -> int:
    """Where the sentence begins that has most words in common with the question."""
    asked = _stems(read.question)
    spans = sentences(read.paragraph)
    return max(spans, key=lambda span: len(asked & _stems(read.paragraph[span[0] : span[1]])))[0]


def _stems(text: str) -> set[str]:
    return {word.lower()[:_STEM] for word in _WORDS.findall(text)}
