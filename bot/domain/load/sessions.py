"""Visitors on the site at once: arrivals folded with an exponential session (M/G/∞)."""

from __future__ import annotations

import numpy as np

from bot.domain.load.delays import Floats

_BLOCK = 200.0  # session lengths that are summed in one go: e^200 fits a float


def at_once(moments_s: Floats, arrivals_per_s: Floats, session_s: float, before: float) -> Floats:
    """Sessions at each moment (ascending seconds), where arrivals run straight from one moment to the next.

    `before` sessions are there at the first moment. Between two moments h apart, with x = h / m:
    S₁ = S₀ e⁻ˣ + m (a₀ ((1 - e⁻ˣ) / x - e⁻ˣ) + a₁ (1 - (1 - e⁻ˣ) / x)).
    """
    lengths = np.diff(moments_s) / session_s
    stay = np.exp(-lengths)
    mean = -np.expm1(-lengths) / lengths
    added = session_s * (arrivals_per_s[:-1] * (mean - stay) + arrivals_per_s[1:] * (1.0 - mean))
    found = np.empty_like(arrivals_per_s)
    found[0] = before
    for begin, end in _blocks(lengths):
        grown = np.exp(np.cumsum(lengths[begin:end]) - lengths[begin])
        first = found[begin] * stay[begin] + added[begin]
        found[begin + 1 : end + 1] = (first + np.cumsum(added[begin:end] * grown) - added[begin]) / grown
    return found


def _blocks(lengths: Floats) -> list[tuple[int, int]]:
    """Runs of steps (from, to) that are not longer than a block in all, or are a single step."""
    passed = np.cumsum(lengths)
    cuts, at = [0], 0
    while at < len(lengths):
        before = passed[at - 1] if at else 0.0
        at = max(at + 1, int(np.searchsorted(passed, before + _BLOCK)))
        cuts.append(min(at, len(lengths)))
    return list(zip(cuts[:-1], cuts[1:], strict=True))
