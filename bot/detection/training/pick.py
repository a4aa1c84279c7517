"""Fitting the picker of names on messages that adopt a tool."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from bot.detection.features import Sparse
from bot.detection.picking import ROOM, Candidate, Picker, candidates
from bot.detection.rules import readings
from bot.detection.training.corpus import Row
from bot.detection.training.linear import Rows, fit
from bot.domain.detection import NEW_TOOL, Heard

STRENGTH = 0.3
LIMIT = -0.4
_DAY = date(2026, 1, 15)  # names do not depend on the day


def seen(row: Row) -> list[Candidate]:
    """The possible names of a row."""
    return candidates(*readings(Heard(row.text, _DAY, row.context or None)))


def fit_picker(rows: Sequence[Row]) -> Picker:
    """The picker of the rows that are new tools."""
    known = [row for row in rows if NEW_TOOL in row.labels]
    pairs = [(one, one_of(one, row)) for row in known for one in seen(row)]
    table = Rows.of([[_sparse(one)] for one, _ in pairs], ROOM)
    found = fit(table, np.array([wanted for _, wanted in pairs]), STRENGTH)
    return Picker(found[:-1].astype(np.float16).astype(np.float32), float(found[-1]), LIMIT)


def one_of(one: Candidate, row: Row) -> bool:
    """Whether a possible name is one that the row adopts."""
    return plain(one.name) in {plain(name) for name in row.tools}


def plain(name: str) -> str:
    """A name without case, double blanks, quotes and stops at its ends."""
    return re.sub(r"\s+", " ", name).strip().casefold().strip(" \t\"'“”„‘’`*_.,;:!?()[]<>")


def _sparse(one: Candidate) -> Sparse:
    return Sparse(np.array(one.buckets, np.int64), np.ones(len(one.buckets), np.float32))
