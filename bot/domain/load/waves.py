"""Waves of visits: an audience, sent to over a window, answering after a delay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isfinite

import numpy as np

from bot.domain.errors import Invalid
from bot.domain.load.delays import Delay, Floats

WEEK_S = 7 * 86_400.0
BUSY = 0.1  # of the most visits a second: below it a wave is over for who plans beside it
MOST_PEOPLE = 8_000_000_000
_FIRST_S, _GROWTH = 0.5, 1.03  # moments after a break: the first, and how they spread


@dataclass(frozen=True, slots=True)
class Scanner:
    """Security gateways that fetch the links of a mail: requests, not visits.

    `share` of the recipients (0 to 1) sit behind one; `links` a mail are fetched, each `requests_per_click` requests.
    """

    share: float
    links: float
    delay: Delay
    requests_per_click: float = 1.0

    def __post_init__(self) -> None:
        _within(self.share, 0.0, 1.0, "share")
        _within(self.links, 0.0, 1000.0, "links")
        _within(self.requests_per_click, 0.0, 1000.0, "requests_per_click")


@dataclass(frozen=True, slots=True)
class Wave:
    """One sending. `audience` people, of whom `response` (visits per recipient, 0 to 1) come; sent evenly over
    `window_s` seconds from `start` on (aware). Raises Invalid where that can't be."""

    campaign: str
    channel: str
    audience: int
    response: float
    start: datetime
    window_s: float
    delay: Delay
    scanner: Scanner | None = None

    def __post_init__(self) -> None:
        _within(self.audience, 0, MOST_PEOPLE, "audience")
        if not (isfinite(self.response) and 0 <= self.response <= 1):
            raise Invalid("A response is a share of the audience: from 0 to 1, so 2 % is 0.02.", "response")
        if not (isfinite(self.window_s) and 0 < self.window_s <= WEEK_S):
            raise Invalid("The sending takes time: give a window above zero and up to a week.", "window_s")
        if self.start.tzinfo is None:
            raise Invalid("Say in which time zone it starts, like 2026-03-02T09:00:00+01:00.", "start")

    @property
    def visits(self) -> float:
        """How many come in all."""
        return self.audience * self.response

    @property
    def end_s(self) -> float:
        """Seconds after its start when it no longer counts: a thousandth is left, or a week after the sending."""
        return self.window_s + min(self.delay.reach_s, WEEK_S)

    @property
    def busy_s(self) -> float:
        """Seconds after its start when fewer than a tenth of the most a second still come, for good."""
        looked = np.unique(self.moments())
        coming = self.arrivals(looked)
        return float(looked[coming >= BUSY * coming.max()].max())

    def arrivals(self, seconds: Floats) -> Floats:
        """Visits a second, so many seconds after the start: N r (F(t) - F(t - W)) / W."""
        return self.visits * _spread(self.delay, seconds, self.window_s)

    def scans(self, seconds: Floats) -> Floats:
        """Requests of link scanners a second, so many seconds after the start."""
        if self.scanner is None:
            return np.zeros_like(seconds)
        hits = self.audience * self.scanner.share * self.scanner.links * self.scanner.requests_per_click
        return hits * _spread(self.scanner.delay, seconds, self.window_s)

    def moments(self) -> Floats:
        """Seconds after the start at which it is worth looking: close together where it begins and where it ends."""
        steps = int(np.log(self.end_s / _FIRST_S) / np.log(_GROWTH)) + 1
        after = np.concatenate(([0.0], _FIRST_S * _GROWTH ** np.arange(steps)))
        inside = self.window_s - after[after < self.window_s]
        looked = np.concatenate((after, self.window_s + after, inside))
        return looked[looked <= self.end_s]


def _spread(delay: Delay, seconds: Floats, window_s: float) -> Floats:
    return (delay.share(seconds) - delay.share(seconds - window_s)) / window_s


def _within(value: float, least: float, most: float, field: str) -> None:
    if not (isfinite(value) and least <= value <= most):
        raise Invalid(f"{field} must be between {least:g} and {most:,g}.", field)
