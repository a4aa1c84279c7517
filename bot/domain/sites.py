"""The sites campaigns lead to: how they are called, what usually goes on there, and what they take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.campaign_words import host_of
from bot.domain.capacity import HEADROOM, Capacity
from bot.domain.errors import Invalid
from bot.domain.load import Site

UNMEASURED = 1e12  # requests a second that nothing reaches: a load can be told without a capacity


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site by its host. `aliases`: other hosts and names; `headroom`: the share (0 to 1) to be used at most.

    A visit has `pages_per_visit` pages over `session_s` seconds, a page `dynamic_requests_per_page` requests that
    reach the servers; `usual_visits_per_min` come without any campaign. Raises Invalid where that can't be.
    """

    host: str
    aliases: tuple[str, ...] = ()
    usual_visits_per_min: float = 0.0
    headroom: float = HEADROOM
    session_s: float = 130.0
    pages_per_visit: float = 5.0
    dynamic_requests_per_page: float = 5.0

    def __post_init__(self) -> None:
        if host_of(self.host) != self.host:
            raise Invalid(f"“{self.host[:60]}” is no site. Give its address, such as shop.example.com.", "site")
        self.with_capacity(None)

    def with_capacity(self, capacity: Capacity | None) -> Site:
        """It as a forecast wants it; without a record nothing is too much."""
        return Site(
            self.host,
            UNMEASURED if capacity is None else self.rate(capacity),
            self.headroom,
            self.usual_visits_per_min,
            self.pages_per_visit,
            self.dynamic_requests_per_page,
            self.session_s,
        )

    def rate(self, capacity: Capacity) -> float:
        """Requests a second of a record; one in sessions at once is turned by what a session asks for."""
        if capacity.requests_per_s is not None:
            return capacity.requests_per_s
        return (capacity.sessions or 0.0) * self.pages_per_visit / self.session_s * self.dynamic_requests_per_page

    def is_called(self, words: str) -> bool:
        """Whether some words mean it: by its host, an alias that is a host, or exactly an alias."""
        host, plain = host_of(words), " ".join(words.casefold().split())
        names = {self.host, *(host_of(one) for one in self.aliases)} - {""}
        return host in names if host else plain in {one.casefold() for one in self.aliases}


def site_called(sites: Iterable[KnownSite], words: str) -> KnownSite | None:
    """The site some words mean: by name; without any words the only one there is."""
    known = list(sites)
    if not words.strip():
        return known[0] if len(known) == 1 else None
    return next((one for one in known if one.is_called(words)), None)
