"""What the core needs of the store for campaigns: sites with what they take, and the answers on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.capacity import Capacity
from bot.domain.limits import Limit
from bot.domain.readiness import Readiness
from bot.domain.sites import KnownSite


class Sites(Protocol):
    """The sites of each workspace, and what they were measured to take."""

    def save(self, workspace: str, site: KnownSite) -> None:
        """Store a site, in place of the one of the same host."""

    def of(self, workspace: str) -> Sequence[KnownSite]:
        """The sites of a workspace, by host."""

    def measure(self, workspace: str, capacity: Capacity) -> None:
        """Keep a record; earlier ones stay."""

    def measured(self, workspace: str) -> Sequence[Capacity]:
        """The records of a workspace, oldest first."""


class Limits(Protocol):
    """What the systems of each workspace take at most."""

    def tell(self, workspace: str, limit: Limit) -> None:
        """Store what a system takes, in place of what was told of it before; names differ by more than their case."""

    def of(self, workspace: str) -> Sequence[Limit]:
        """The limits of a workspace, by system."""

    def forget(self, workspace: str, system: str) -> bool:
        """Nothing is known of a system any more. False if nothing was."""


class Readinesses(Protocol):
    """Whether sites are ready for campaigns: one answer a ticket."""

    def save(self, readiness: Readiness) -> None:
        """Store an answer, in place of the ticket's last. To be called with the ticket locked."""

    def get(self, workspace: str, number: int) -> Readiness | None:
        """The answer on a ticket."""

    def of(self, workspace: str) -> Sequence[Readiness]:
        """All answers of a workspace, by ticket."""
