"""How long people take to answer: the share of the answers that have come so many seconds after the sending."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import erf, exp, isfinite, log, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.domain.errors import Invalid

Floats = NDArray[np.float64]
_WIDEST, _STEPS = 9.0, 18001  # of the table of the normal distribution: error below 1e-7


class Delay(Protocol):
    """A distribution of delays."""

    def share(self, seconds: Floats) -> Floats:
        """The share (0 to 1) of the answers that have come by then; 0 before the sending."""

    @property
    def reach_s(self) -> float:
        """Seconds after which all but a thousandth have come."""


@dataclass(frozen=True, slots=True)
class Exponential:
    """Most at once, then fewer and fewer. The half-life is `mean_s` × ln 2."""

    mean_s: float

    def __post_init__(self) -> None:
        _check(self.mean_s, "mean_s")

    def share(self, seconds: Floats) -> Floats:
        """1 - e^(-t / mean)."""
        return np.asarray(-np.expm1(-np.maximum(seconds, 0.0) / self.mean_s))

    @property
    def reach_s(self) -> float:
        """Seconds after which all but a thousandth have come."""
        return self.mean_s * log(1000)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A peak soon after the sending and a long tail. `sigma` is that of the natural logarithm of the seconds."""

    median_s: float
    sigma: float

    def __post_init__(self) -> None:
        _check(self.median_s, "median_s")
        _check(self.sigma, "sigma")

    def share(self, seconds: Floats) -> Floats:
        """Φ((ln t - ln median) / sigma)."""
        grid, table = _normal()
        with np.errstate(divide="ignore"):
            deviations = (np.log(np.maximum(seconds, 0.0)) - log(self.median_s)) / self.sigma
        return np.asarray(np.interp(deviations, grid, table))

    @property
    def reach_s(self) -> float:
        """Seconds after which all but a thousandth have come."""
        return self.median_s * exp(min(3.0902 * self.sigma, 500.0))


@dataclass(frozen=True, slots=True)
class Spike:
    """Everybody within `width_s`, evenly: the doors of a webcast."""

    width_s: float

    def __post_init__(self) -> None:
        _check(self.width_s, "width_s")

    def share(self, seconds: Floats) -> Floats:
        """t / width, from 0 to 1."""
        return np.asarray(np.clip(seconds / self.width_s, 0.0, 1.0))

    @property
    def reach_s(self) -> float:
        """Seconds after which all have come."""
        return self.width_s


def _check(value: float, field: str) -> None:
    if not (isfinite(value) and value > 0):
        raise Invalid(f"{field} must be above zero.", field)


@lru_cache(maxsize=1)
def _normal() -> tuple[Floats, Floats]:
    """The normal distribution as a table: NumPy alone has none."""
    grid = np.linspace(-_WIDEST, _WIDEST, _STEPS)
    return grid, np.array([(1.0 + erf(z / sqrt(2.0))) / 2.0 for z in grid])
