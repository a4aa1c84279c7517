"""Logistic regression over sparse rows, by L-BFGS (Liu and Nocedal 1989), in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.detection.features import Sparse

Doubles = NDArray[np.float64]
Loss = Callable[[Doubles], tuple[float, Doubles]]
_MEMORY = 10  # steps that L-BFGS remembers
_FLAT = 1e-4  # a gradient this small (largest part) ends the search
_HALVINGS = 25


@dataclass(frozen=True)
class Rows:
    """A sparse matrix by rows: the numbers of row i are those from starts[i] to starts[i + 1]."""

    starts: NDArray[np.int64]
    at: NDArray[np.int64]
    value: NDArray[np.float32]
    width: int

    @classmethod
    def of(cls, parts: Sequence[Sequence[Sparse]], width: int) -> Rows:
        """One row of each message's vectors, put together."""
        counts = [sum(len(one.at) for one in row) for row in parts]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        at = np.concatenate([one.at for row in parts for one in row])
        return cls(starts, at, np.concatenate([one.value for row in parts for one in row]), width)

    def times(self, weights: Doubles) -> Doubles:
        """The product with a column (width); every row holds a number at least."""
        return np.asarray(np.add.reduceat(self.value * weights[self.at], self.starts[:-1]))

    def turned_times(self, column: Doubles) -> Doubles:
        """The product of the turned matrix with a column (rows)."""
        spread = np.repeat(column, np.diff(self.starts))
        return np.asarray(np.bincount(self.at, self.value * spread, minlength=self.width), np.float64)


def fit(rows: Rows, wanted: NDArray[np.bool_], strength: float, weights: Doubles | None = None) -> Doubles:
    """The weights, with the bias last, that minimise sum(loss) * strength + |weights|² / 2; the bias is free.

    `weights` (the number of rows, None: 1 each) say how much each row counts.
    """
    signs = np.where(wanted, 1.0, -1.0)
    count = np.ones(len(signs)) if weights is None else weights

    def loss(at: Doubles) -> tuple[float, Doubles]:
        margins = signs * (rows.times(at[:-1]) + at[-1])
        pull = -signs * count / (1 + np.exp(np.clip(margins, -60, 60)))
        value = strength * float(np.sum(count * np.logaddexp(0, -margins))) + 0.5 * float(at[:-1] @ at[:-1])
        slope = strength * np.append(rows.turned_times(pull), pull.sum())
        slope[:-1] += at[:-1]
        return value, slope

    return lowest(loss, np.zeros(rows.width + 1), 150)


def lowest(loss: Loss, start: Doubles, steps: int) -> Doubles:
    """Where a smooth convex loss is lowest, as far as `steps` steps lead."""
    here = start
    value, slope = loss(here)
    memory: list[tuple[Doubles, Doubles]] = []
    for _ in range(steps):
        if np.abs(slope).max() < _FLAT:
            break
        way = -_bent(slope, memory)
        found = _line(loss, here, value, slope, way)
        if found is None:
            break
        there, value, steeper = found
        step, change = there - here, steeper - slope
        if step @ change > 1e-10:
            memory = [*memory[1 - _MEMORY :], (step, change)]
        here, slope = there, steeper
    return here


def _line(
    loss: Loss, here: Doubles, value: float, slope: Doubles, way: Doubles
) -> tuple[Doubles, float, Doubles] | None:
    """The first of ever shorter steps that goes down enough (Armijo); None if none does."""
    length = 1.0
    for _ in range(_HALVINGS):
        there = here + length * way
        new, new_slope = loss(there)
        if new <= value + 1e-4 * length * float(slope @ way):
            return there, new, new_slope
        length /= 2
    return None


def _bent(slope: Doubles, memory: list[tuple[Doubles, Doubles]]) -> Doubles:
    """The slope times the inverse curvature that the memory suggests: the two loops of L-BFGS."""
    bent = slope.copy()
    shares = []
    for step, change in reversed(memory):
        share = float(step @ bent) / float(step @ change)
        bent -= share * change
        shares.append(share)
    if memory:
        step, change = memory[-1]
        bent *= float(step @ change) / float(change @ change)
    else:
        bent /= max(1.0, float(np.abs(slope).sum()))
    for (step, change), share in zip(memory, reversed(shares), strict=True):
        bent += (share - float(change @ bent) / float(step @ change)) * step
    return bent
