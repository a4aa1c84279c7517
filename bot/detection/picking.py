"""Which of the possible names in a message that adopts a tool are the adopted ones: two small logistic regressions.

The first goes by the words around a name. Where the encoder has tagged the message, the second joins what the first
says with the tags, and with how sure it is that a tool is adopted at all."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.detection.candidates import EVIDENCE, Candidate, candidates
from bot.detection.contrasts import ruled_out
from bot.detection.features import Floats
from bot.detection.mentions import Kind
from bot.detection.reading import Reading

TELLING = EVIDENCE + 32  # numbers that the second regression weighs
_SECOND_CHANCE = 0.8  # by words alone, where no name reaches the limit, the best may fall short by this much
_IN_PLACE = 2.0  # the best may fall short by this much where all that reach the limit are told to be out
_FAR = 6.0  # log-odds beyond this say no more
_SEEN = (Kind.KNOWN, Kind.UNKNOWN, Kind.WORD, Kind.LOWER)  # kinds whose tags count each in its own way
_TOLD_APART = (Kind.KNOWN, Kind.WORD, Kind.LOWER, Kind.ORDINARY, None)  # None: only the encoder sees it


@dataclass(frozen=True)
class Picker:
    """`weights` of the buckets (ROOM), `bias`, and the log-odds from which a name is taken by its words alone;
    `joined` (TELLING) and `joined_limit` are the same of the second regression."""

    weights: Floats
    bias: float
    limit: float
    joined: Floats
    joined_limit: float

    def names(self, reading: Reading, context: Reading | None, sure: float = 1.0) -> tuple[str, ...]:
        """The adopted names, each once, in the order of the message, then of its thread; `sure` is how sure it is
        that a tool is adopted (0 to 1)."""
        found = candidates(reading, context)
        if reading.tagged is None:
            return self._by_words(found)
        scores = telling(found, [self.log_odds(one) for one in found], sure) @ self.joined
        ranked = sorted(zip(scores.tolist(), found, strict=True), key=lambda pair: -pair[0])
        taken = apart([one for score, one in ranked if score >= self.joined_limit])
        out = ruled_out(reading.marked) | (ruled_out(context.marked) if context else frozenset()) if found[1:] else ()
        if not any(one.key in out for one in taken):
            return _each_once(taken)
        left = apart([one for score, one in ranked if score >= self.joined_limit - _IN_PLACE and one.key not in out])
        return _each_once([one for one in taken if one.key not in out] or left[:1] or taken)

    def log_odds(self, one: Candidate) -> float:
        """How much the words speak for a name, above 0 for rather yes."""
        return float(self.weights[list(one.buckets)].sum()) + self.bias

    def _by_words(self, found: list[Candidate]) -> tuple[str, ...]:
        scored = [(self.log_odds(one), one) for one in found]
        best = max((score for score, _ in scored), default=0.0)
        limit = self.limit if best >= self.limit else max(best, self.limit - _SECOND_CHANCE)
        return _each_once([one for score, one in scored if score >= limit])


def telling(found: list[Candidate], by_words: list[float], sure: float) -> Floats:
    """What the second regression sees of each candidate (candidates, TELLING): its tags, its words, how both compare
    with the others of the message, and what the message is like."""
    if not found:
        return np.zeros((0, TELLING), np.float32)
    seen = np.array([one.evidence or (0.0,) * (EVIDENCE - 1) + (1.0,) for one in found])
    words, mean, begins = np.clip(by_words, -_FAR, _FAR), seen[:, 0], seen[:, 2]
    odds = math.log(max(sure, 1e-6) / max(1 - sure, 1e-6))
    shared = [any(one is not other and one.overlaps(other) for other in found) for one in found]
    columns = [
        *seen.T, words, mean - mean.max(), words - words.max(), np.tanh(_lead(mean) / 3), np.tanh(_lead(words)),
        1 / (1 + np.exp(-mean)), 1 / (1 + np.exp(-begins)), np.array(shared),
        np.array([one.place == "c" for one in found]), np.full(len(found), max(-_FAR, min(_FAR, odds))),
        np.ones(len(found)),
        *_in_list(found, mean, words), *([one.kind is kind for one in found] for kind in _TOLD_APART),
        [one.site for one in found], np.arange(len(found)) == 0, *_nested(found, mean),
        *([(one.kind is kind) * part for one, part in zip(found, np.tanh(mean / 3), strict=True)] for kind in _SEEN),
        [one.kind is Kind.UNKNOWN for one in found],
        np.full(len(found), 1 / len(found)), np.full(len(found), len(found) == 1),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _in_list(found: list[Candidate], *values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each candidate, whether others stand in a list with it, and the highest of each of the values among them,
    squeezed to -1 to 1; 0 where none does (1 + values, candidates)."""
    told = np.zeros((1 + len(values), len(found)))
    for at, one in enumerate(found):
        others = [number for number, other in enumerate(found) if one.listed_with(other)]
        if others:
            told[:, at] = [1.0, *(np.tanh(value[others].max() / 3) for value in values)]
    return told


def _nested(found: list[Candidate], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each candidate, whether a shorter one stands within it, whether it stands within a longer one, whether what it
    adds to a shorter one is words with capitals, and how much better tagged the best longer one is (4, candidates)."""
    starts, ends = np.array([one.start for one in found]), np.array([one.end for one in found])
    same = np.equal.outer([one.place for one in found], [one.place for one in found])
    within = same & np.greater_equal.outer(starts, starts) & np.less_equal.outer(ends, ends)
    within &= np.not_equal.outer(ends - starts, ends - starts)
    longest = np.where(within, mean[None, :], -np.inf).max(axis=1)
    better = np.tanh((np.where(within.any(axis=1), longest, mean) - mean) / 3)
    added = np.array([_adds_capitals(found, at, np.flatnonzero(within[:, at])) for at in range(len(found))])
    return np.stack([within.any(axis=0), within.any(axis=1), added, better])


def _adds_capitals(found: list[Candidate], at: int, shorter: NDArray[np.intp]) -> bool:
    """Whether a candidate begins with a shorter one, and goes on with nothing but words with capitals."""
    heads = [found[one] for one in shorter if found[one].kind is not None and found[one].start == found[at].start]
    added = found[at].name[len(heads[0].name) :].split() if heads else []
    return bool(added) and all(word[0].isupper() for word in added)


def _lead(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each value lies before the highest of the others; FAR where there is no other."""
    if len(values) == 1:
        return np.full(1, _FAR)
    second, first = np.sort(values)[-2:]
    lead: NDArray[np.float64] = np.where(np.arange(len(values)) == values.argmax(), first - second, values - first)
    return lead


def apart(ranked: list[Candidate]) -> list[Candidate]:
    """The candidates, likeliest first, without those that overlap a likelier one."""
    kept: list[Candidate] = []
    for one in ranked:
        if not any(one.overlaps(other) for other in kept):
            kept.append(one)
    return kept


def _each_once(found: list[Candidate]) -> tuple[str, ...]:
    """The names in the order of the message, then of its thread."""
    names: dict[str, str] = {}
    for one in sorted(found, key=lambda one: (one.place == "c", one.start)):
        names.setdefault(one.key, one.name)
    return tuple(names.values())
