"""Sites, capacities and answers on campaigns of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.capacity import Capacity
from bot.domain.limits import Limit
from bot.domain.readiness import Readiness
from bot.domain.sites import KnownSite
from tests.support.memory_state import State


class MemorySites:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, workspace: str, site: KnownSite) -> None:
        self._state.sites[workspace, site.host] = site

    def of(self, workspace: str) -> Sequence[KnownSite]:
        return [site for (owner, _), site in sorted(self._state.sites.items()) if owner == workspace]

    def measure(self, workspace: str, capacity: Capacity) -> None:
        self._state.capacities[workspace] = (*self.measured(workspace), capacity)

    def measured(self, workspace: str) -> Sequence[Capacity]:
        return self._state.capacities.get(workspace, ())


class MemoryLimits:
    def __init__(self, state: State) -> None:
        self._state = state

    def tell(self, workspace: str, limit: Limit) -> None:
        self._state.limits[workspace, limit.system.casefold()] = limit

    def of(self, workspace: str) -> Sequence[Limit]:
        return [limit for (owner, _), limit in sorted(self._state.limits.items()) if owner == workspace]

    def forget(self, workspace: str, system: str) -> bool:
        return self._state.limits.pop((workspace, system.casefold()), None) is not None


class MemoryReadinesses:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, readiness: Readiness) -> None:
        self._state.readinesses[readiness.workspace, readiness.number] = readiness

    def get(self, workspace: str, number: int) -> Readiness | None:
        return self._state.readinesses.get((workspace, number))

    def of(self, workspace: str) -> Sequence[Readiness]:
        return [one for (owner, _), one in sorted(self._state.readinesses.items()) if owner == workspace]
