"""What a site was measured to take: a record of a load test, and whether it can still be relied on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite

from bot.domain.errors import Invalid

VALID_DAYS = 90  # assumed; quarterly tests are usual, and every release makes a test old
MOST_ERRORS = 0.01  # of the requests of a test: above that the site did not take them
HEADROOM = 0.75  # of the capacity to be used at most: waiting rooms open at 75 % (Cloudflare Waiting Room docs)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a load test found. `requests_per_s` is the best it held, `errors` the share that failed (0 to 1)."""

    tool: str
    requests_per_s: float
    errors: float
    duration_s: float
    p95_ms: float | None = None
    users: int | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.requests_per_s) and self.requests_per_s > 0):
            raise Invalid("There are no requests in this test.")
        if not 0 <= self.errors <= 1:
            raise Invalid("The share of failed requests must be between 0 and 1.")

    @property
    def held(self) -> bool:
        """Whether the site took what was asked of it."""
        return self.errors <= MOST_ERRORS


@dataclass(frozen=True, slots=True)
class Capacity:
    """The record of a site: what it takes, measured when, by whom, how, until when it counts.

    Either `requests_per_s` that reach its servers, or `sessions` at once. Raises Invalid where that can't be.
    """

    site: str
    requests_per_s: float | None
    measured_on: date
    by: str
    how: str
    expires_on: date
    sessions: float | None = None

    def __post_init__(self) -> None:
        given = [one for one in (self.requests_per_s, self.sessions) if one is not None]
        if len(given) != 1:
            raise Invalid("Give the requests a second or the visitors at once that were measured: one of them.")
        if not (isfinite(given[0]) and given[0] > 0):
            raise Invalid("A capacity is a number above zero: what the site was measured to take.")
        if self.expires_on < self.measured_on:
            raise Invalid("It can't expire before it was measured.")

    def counts(self, today: date) -> bool:
        """Whether it can still be relied on."""
        return today <= self.expires_on


def recorded(site: str, test: Measured, on: date, by: str) -> Capacity:
    """The record a load test makes. Raises Invalid where the site did not take it: then the figure is no capacity."""
    if not test.held:
        raise Invalid(
            f"{test.errors:.1%} of the requests failed, more than {MOST_ERRORS:.0%}: the site takes less than"
            f" {test.requests_per_s:.0f} a second. Test again with fewer, and import that."
        )
    return Capacity(site, test.requests_per_s, on, by, f"load test with {test.tool}", on + timedelta(days=VALID_DAYS))


def latest(records: Iterable[Capacity], site: str, today: date) -> Capacity | None:
    """The newest record of a site that counts, of one day the last that was told; None if it has to be measured."""
    own = [one for one in records if one.site.casefold() == site.casefold() and one.counts(today)]
    return max(reversed(own), key=lambda one: one.measured_on, default=None)
