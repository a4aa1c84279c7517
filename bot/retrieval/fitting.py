"""A small logistic regression, for the few weights that are stored as numbers in the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_STEPS = 50
_RIDGE = 1.0  # on features of spread 1: no weight grows without end where examples are few


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the features as they are, and the bias, of log-odds."""

    weights: tuple[float, ...]
    bias: float


def fit(features: Sequence[Sequence[float]], labels: Sequence[bool]) -> Fitted:
    """The weights under which the labels are likeliest, by Newton's method. `features`: a row (features) for each."""
    rows, wanted = np.asarray(features, float), np.asarray(labels, float)
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    known = np.column_stack([(rows - middle) / spread, np.ones(len(rows))])
    held = np.diag([_RIDGE] * rows.shape[1] + [0.0])
    found = np.zeros(known.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-known @ found))
        slope = known.T @ (chance - wanted) + held @ found
        bend = (known * (chance * (1 - chance))[:, None]).T @ known + held
        found = found - np.linalg.solve(bend + 1e-9 * np.eye(len(found)), slope)
    weights = found[:-1] / spread
    return Fitted(tuple(float(one) for one in weights), float(found[-1] - weights @ middle))


def chances(found: Fitted, features: Sequence[Sequence[float]]) -> list[float]:
    """How likely each example's label is under the weights, 0 to 1."""
    odds = np.asarray(features, float) @ np.asarray(found.weights) + found.bias
    return [float(one) for one in 1 / (1 + np.exp(-odds))]
