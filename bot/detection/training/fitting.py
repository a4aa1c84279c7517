"""Fitting what is light: the hashed model, and the few numbers that join it with the encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.detection.doubts import doubted
from bot.detection.features import ROOM, Floats, Sparse, counted, counted_signs, weighed
from bot.detection.light import Light
from bot.detection.shipped import Head
from bot.detection.training.corpus import Row
from bot.detection.training.linear import Doubles, Rows, fit, lowest
from bot.detection.view import look

STRENGTH = 8.0  # of the light model's fit: how much the messages count against small weights
_LEAST = 2  # a bucket hit by fewer messages is not counted
_DISMISSED = 0.03  # share of the positives that the light model may dismiss, seen out of fold

Counts = Sequence[tuple[Sparse, Sparse]]


def counts(rows: Sequence[Row]) -> list[tuple[Sparse, Sparse]]:
    """What the light model counts in each row."""
    views = (look(row.text, row.context or None) for row in rows)
    return [(counted(view.text, view.context), counted_signs(view.marked)) for view in views]


def wanted(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """What each row is (rows, labels)."""
    return np.array([row.wanted for row in rows], bool)


def fit_light(seen: Counts, wanted: NDArray[np.bool_]) -> Light:
    """The light model of these messages."""
    hits = np.zeros(ROOM)
    for row in seen:
        for part in row:
            hits[part.at] += 1
    rarity = _as_read(np.where(hits >= _LEAST, np.log((1 + len(seen)) / (1 + hits)) + 1, 0))
    rows = Rows.of([[weighed(part, rarity) for part in row] for row in seen], ROOM)
    found = np.stack([fit(rows, wanted[:, label], STRENGTH) for label in range(wanted.shape[1])])
    return Light(rarity, _as_read(found[:, :-1]), found[:, -1].astype(np.float32))


def light_log_odds(light: Light, seen: Counts) -> Floats:
    """What the light model says of messages (rows, labels)."""
    return np.array(
        [
            sum(light.weights[:, one.at] @ one.value for one in (weighed(part, light.rarity) for part in row))
            + light.bias
            for row in seen
        ]
    )


def joined(encoder: Floats, light: Floats, wanted: NDArray[np.bool_]) -> Floats:
    """How to join both models' log-odds (rows, labels), seen out of fold: the `mix` of a Head."""
    return np.array([_calibrated([encoder[:, one], light[:, one]], wanted[:, one]) for one in range(2)], np.float32)


def doubts(rows: Sequence[Row]) -> Floats:
    """Which labels of each row its words make unlikely (rows, labels; 1 or 0)."""
    return np.array([doubted(look(row.text, row.context or None)) for row in rows], np.float32)


def doubt(encoder: Floats, light: Floats, doubts: Floats, wanted: NDArray[np.bool_]) -> Floats:
    """What to take from the light model's log-odds where words make a label unlikely (labels), seen out of fold."""
    fits = [_calibrated([encoder[:, at], light[:, at], doubts[:, at]], wanted[:, at]) for at in range(2)]
    return np.array([max(0.0, -weight / max(by_light, 0.1)) for _, by_light, weight, _ in fits], np.float32)


def calibrated(light: Floats, wanted: NDArray[np.bool_]) -> Floats:
    """How to read the light model's log-odds where it stands alone: `alone` of a Head."""
    return np.array([_calibrated([light[:, one]], wanted[:, one]) for one in range(2)], np.float32)


def dismissal(head: Head, light: Floats, wanted: NDArray[np.bool_]) -> float:
    """The confidence of the light model below which a message is dismissed: all but few positives lie above."""
    sure = share(np.array([head.by_light(row) for row in light])).max(axis=1)
    return float(np.quantile(sure[wanted.any(axis=1)], _DISMISSED))


def share(log_odds: Floats) -> Floats:
    """Log-odds as shares of 1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), np.float32)


def _as_read(numbers: Doubles) -> Floats:
    """The numbers as they are read from the file, which keeps them in 16 bits."""
    return numbers.astype(np.float16).astype(np.float32)


def _calibrated(columns: Sequence[Floats], wanted: NDArray[np.bool_]) -> Doubles:
    """Weights of the columns and 1 that make their sum the log-odds of what is wanted."""
    return regression(np.column_stack([*columns, np.ones(len(wanted))]), wanted)


def regression(columns: Floats | Doubles, wanted: NDArray[np.bool_]) -> Doubles:
    """Weights of a few columns (rows, columns) that make their sum the log-odds of what is wanted."""
    table = columns.astype(np.float64)
    signs = np.where(wanted, 1.0, -1.0)

    def loss(at: Doubles) -> tuple[float, Doubles]:
        margins = signs * (table @ at)
        pull = -signs / (1 + np.exp(np.clip(margins, -60, 60)))
        return float(np.logaddexp(0, -margins).sum() + 0.5 * at @ at), table.T @ pull + at

    return lowest(loss, np.zeros(table.shape[1]), 200)
