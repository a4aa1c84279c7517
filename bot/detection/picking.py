"""Which of the possible names in a message that adopts a tool are the adopted ones: a small logistic regression.

It sees the words around a name, what kind of name it is, and what the frames of the rules say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from bot.detection.features import Floats
from bot.detection.mentions import Kind, Mention, signs
from bot.detection.reading import Reading
from bot.detection.rules import written

ROOM = 1 << 15  # buckets
_SIGN = f"[{signs(*Kind)}]"
_TOKEN = re.compile(rf"{_SIGN}|\w+|[^\w\s]")
_REACH = 3  # tokens to each side
_EDGE = "|"
_SECOND_CHANCE = 0.8  # where no name reaches the limit, the best may fall short by this much


@dataclass(frozen=True)
class Candidate:
    """A possible name as written, and what can be seen of it, as buckets."""

    name: str
    key: str
    buckets: tuple[int, ...]


@dataclass(frozen=True)
class Picker:
    """`weights` of the buckets (ROOM), `bias`, and the log-odds from which a name is taken."""

    weights: Floats
    bias: float
    limit: float

    def names(self, reading: Reading, context: Reading | None) -> tuple[str, ...]:
        """The adopted names, each once, in the order of the message, then of its thread."""
        scored = [(self.log_odds(one), one) for one in candidates(reading, context)]
        best = max((score for score, _ in scored), default=0.0)
        limit = self.limit if best >= self.limit else max(best, self.limit - _SECOND_CHANCE)
        found: dict[str, str] = {}
        for score, one in scored:
            if score >= limit:
                found.setdefault(one.key, one.name)
        return tuple(found.values())

    def log_odds(self, one: Candidate) -> float:
        """How much speaks for a name, above 0 for rather yes."""
        return float(self.weights[list(one.buckets)].sum()) + self.bias


def candidates(reading: Reading, context: Reading | None) -> list[Candidate]:
    """All possible names of a message and of its thread."""
    found = list(_seen(reading, "t", context is not None))
    named = {one.key for one in found}
    return found + [one for one in _seen(context, "c", bool(named)) if one.key not in named] if context else found


def _seen(reading: Reading, place: str, also: bool) -> Iterator[Candidate]:
    tokens = _TOKEN.findall(reading.marked.text)
    at = [number for number, token in enumerate(tokens) if re.match(_SIGN, token)]
    kinds = {number: mention.kind for number, mention in zip(at, reading.marked.mentions, strict=False)}
    words = [f"nam{kinds[number].value}" if number in kinds else token.lower() for number, token in enumerate(tokens)]
    sure = sum(kind <= Kind.UNKNOWN for kind in kinds.values())
    for number, mention in zip(at, reading.marked.mentions, strict=False):
        seen = [*_around(words, number), *_own(reading, mention), f"sure {min(sure, 4)} {mention.kind.value}"]
        seen += [f"place {place} {also}", f"first {number == at[0]}", f"count {min(len(at), 5)}"]
        buckets = tuple(sorted({crc32(f"{place}{one}".encode("utf-8", "surrogatepass")) % ROOM for one in seen}))
        yield Candidate(written(reading, mention), mention.key, buckets)


def _around(words: list[str], at: int) -> Iterator[str]:
    """The words near a name, by distance, near ones also in pairs and together with the kind of name."""
    padded = [_EDGE] * _REACH + words + [_EDGE] * _REACH
    at += _REACH
    for away in range(1, _REACH + 1):
        yield f"-{away} {padded[at - away]}"
        yield f"+{away} {padded[at + away]}"
    yield f"-- {padded[at - 2]} {padded[at - 1]}"
    yield f"++ {padded[at + 1]} {padded[at + 2]}"
    yield f"-+ {padded[at - 1]} {padded[at + 1]}"
    yield f"k- {padded[at]} {padded[at - 1]}"
    for word in set(words[max(0, at - _REACH - 8) : at - _REACH]):
        yield f"before {word}"


def _own(reading: Reading, mention: Mention) -> Iterator[str]:
    """What a name is like by itself, and what the frames say of it."""
    adopted = any(one.key == mention.key for one in reading.roles.adopted)
    left = any(one.key == mention.key for one in reading.roles.left)
    yield f"kind {mention.kind.value} {mention.listed}"
    yield f"role {adopted} {left}"
    yield f"role {adopted} {left} {mention.kind.value} {mention.listed}"
    yield f"signs {any(sign in mention.name for sign in '.-')} {mention.name[-1:].isdigit()} {' ' in mention.name}"
    yield f"case {mention.name.isupper()} {mention.name.islower()} {min(len(mention.name), 12) // 3}"
    low = f" {mention.name.casefold()} "
    yield from (f"run {low[start : start + 3]}" for start in range(len(low) - 2))
