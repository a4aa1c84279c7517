"""Fitting the picker of names: by words on messages that adopt a tool, by tags on those the encoder had not seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.detection.candidates import ROOM, Candidate, candidates
from bot.detection.encoder import MOST_CONTEXT, MOST_PIECES, Seen, tagged
from bot.detection.features import Floats, Sparse
from bot.detection.learned import with_tags
from bot.detection.picking import TELLING, Picker, apart, telling
from bot.detection.reading import Reading
from bot.detection.rules import readings
from bot.detection.training.corpus import Row
from bot.detection.training.fitting import regression
from bot.detection.training.linear import Rows, fit
from bot.detection.view import look
from bot.detection.wordpiece import WordPiece
from bot.domain.detection import LABEL_FROM, NEW_TOOL, Heard

STRENGTH = 0.3
LIMIT = -0.4
_NEARLY = 0.01  # F1 given up for fewer wrong names
_DAY = date(2026, 1, 15)  # names do not depend on the day


@dataclass(frozen=True)
class Tried:
    """A row as models that had not seen it take it: how sure they are of a new tool, and the tags."""

    row: Row
    sure: float
    seen: Seen


def tried(row: Row, sure: float, tags: Floats, words: WordPiece) -> Tried:
    """A row with what was said of it: `tags` (pieces, 2 * tags) are log-odds."""
    view = look(row.text, row.context or None)
    read = words.read(view.text, view.context, MOST_PIECES, MOST_CONTEXT)
    return Tried(row, sure, Seen(np.zeros(0, np.float32), *tagged(view, read, tags)))


def fit_picker(rows: Sequence[Row], fresh: Sequence[Tried]) -> Picker:
    """The picker of the rows; how words and tags are joined is learned on `fresh`, by the words of the other rows.

    Raises ValueError where none of `fresh` is taken for a new tool and has a possible name."""
    own = {id(one.row) for one in fresh}
    asked = [one for one in fresh if one.sure >= LABEL_FROM]
    found = [_found(one) for one in asked]
    if not any(found):
        raise ValueError("the models took none of the messages they had not seen for a new tool with a name")
    first = Picker(*_by_words([row for row in rows if id(row) not in own]), LIMIT, np.zeros(TELLING, np.float32), 0.0)
    pairs = list(zip(asked, found, strict=True))
    tables = [telling(some, [first.log_odds(one) for one in some], one.sure) for one, some in pairs]
    right = [np.array([one_of(one, asking.row) for one in some], bool) for asking, some in pairs]
    joined = regression(np.concatenate(tables), np.concatenate(right)).astype(np.float32)
    kept = [_standing(some, table @ joined) for some, table in zip(found, tables, strict=True)]
    scores = np.concatenate([(table @ joined)[at] for table, at in zip(tables, kept, strict=True)])
    hits = np.concatenate([flags[at] for flags, at in zip(right, kept, strict=True)])
    wanted = sum(len({plain(name) for name in one.row.tools}) for one in fresh)
    return Picker(*_by_words(rows), LIMIT, joined, best_limit(scores, hits, wanted))


def best_limit(scores: Floats, hits: NDArray[np.bool_], wanted: int) -> float:
    """The score from which on names are best taken: the highest with nearly the best F1, of `wanted` names in all."""
    order = np.argsort(-scores, kind="stable")
    taken = np.arange(1, len(order) + 1)
    f1 = 2 * np.cumsum(hits[order]) / (taken + max(1, wanted))
    return float(scores[order[int(np.flatnonzero(f1 >= f1.max() - _NEARLY)[0])]])


def refit_words(picker: Picker, rows: Sequence[Row]) -> Picker:
    """The picker with what it learned of words learned anew; what joins them with tags stays."""
    weights, bias = _by_words(rows)
    return replace(picker, weights=weights, bias=bias)


def one_of(one: Candidate, row: Row) -> bool:
    """Whether a possible name is one that the row adopts."""
    return plain(one.name) in {plain(name) for name in row.tools}


def plain(name: str) -> str:
    """A name without case, double blanks, quotes and stops at its ends."""
    return re.sub(r"\s+", " ", name).strip().casefold().strip(" \t\"'“”„‘’`*_.,;:!?()[]<>")


def _found(one: Tried) -> list[Candidate]:
    return candidates(*with_tags(*_read(one.row), one.seen))


def _by_words(rows: Sequence[Row]) -> tuple[Floats, float]:
    """Weights and bias of the words around the names of the rows that are new tools."""
    known = [row for row in rows if NEW_TOOL in row.labels]
    pairs = [(one, one_of(one, row)) for row in known for one in candidates(*_read(row))]
    table = Rows.of([[_sparse(one)] for one, _ in pairs], ROOM)
    found = fit(table, np.array([wanted for _, wanted in pairs]), STRENGTH)
    return found[:-1].astype(np.float16).astype(np.float32), float(found[-1])


def _standing(found: Sequence[Candidate], scores: Floats) -> list[int]:
    """The numbers of the candidates that no likelier one overlaps."""
    order = np.argsort(-scores, kind="stable").tolist()
    kept = {id(one) for one in apart([found[at] for at in order])}
    return [at for at in order if id(found[at]) in kept]


def _read(row: Row) -> tuple[Reading, Reading | None]:
    return readings(Heard(row.text, _DAY, row.context or None))


def _sparse(one: Candidate) -> Sparse:
    return Sparse(np.array(one.buckets, np.int64), np.ones(len(one.buckets), np.float32))
