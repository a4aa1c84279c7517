"""When a forecast is above a line, for how long and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from bot.domain.load.forecast import Forecast


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time without a break above a `line`, with its highest point; both in requests a second."""

    line: float
    begins: datetime
    ends: datetime
    peak_at: datetime
    peak_requests_per_s: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.ends - self.begins).total_seconds()

    @property
    def above(self) -> float:
        """Requests a second above the line at its highest point."""
        return self.peak_requests_per_s - self.line

    @property
    def share(self) -> float:
        """The same as a share of the line: 0.25 is a quarter too much."""
        return self.above / self.line


def stretches_above(found: Forecast, line: float) -> tuple[Stretch, ...]:
    """All of them, in their order; the curve runs straight between its points. They add up to its own figure."""
    over = np.concatenate(([False], found.requests > line, [False]))
    turns = np.flatnonzero(over[1:] != over[:-1])
    return tuple(_stretch(found, line, int(a), int(b)) for a, b in zip(turns[::2], turns[1::2], strict=True))


def _stretch(found: Forecast, line: float, first: int, after: int) -> Stretch:
    """From the point `first` up to the one `after` it, which is not above the line any more."""
    top = first + int(found.requests[first:after].argmax())
    begins = _crossing(found, line, first) if first else float(found.seconds[0])
    ends = _crossing(found, line, after) if after < found.seconds.size else float(found.seconds[-1])
    at = [found.origin + timedelta(seconds=each) for each in (begins, ends, float(found.seconds[top]))]
    return Stretch(line, at[0], at[1], at[2], float(found.requests[top]))


def _crossing(found: Forecast, line: float, point: int) -> float:
    """Seconds at which the curve passes the line on its way to a point."""
    (a, b), (low, high) = found.seconds[point - 1 : point + 1], found.requests[point - 1 : point + 1]
    return float(a + (line - low) / (high - low) * (b - a))
