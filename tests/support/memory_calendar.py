"""The campaign calendar in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.exemption import Exemption
from bot.domain.feed import Feed
from bot.domain.planned import Planned
from tests.support.memory_state import State


class MemoryPlans:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, workspace: str, *planned: Planned) -> None:
        self._state.planned.update({(workspace, one.key): one for one in planned})

    def remove(self, workspace: str, *keys: str) -> None:
        for key in keys:
            self._state.planned.pop((workspace, key), None)

    def get(self, workspace: str, key: str) -> Planned | None:
        return self._state.planned.get((workspace, key))

    def between(self, workspace: str, since: datetime, until: datetime) -> Sequence[Planned]:
        mine = [one for (of, _), one in self._state.planned.items() if of == workspace]
        return sorted((one for one in mine if one.end > since and one.start < until), key=lambda x: (x.start, x.key))

    def workspaces(self, ending_after: datetime) -> Sequence[str]:
        return sorted({of for (of, _), one in self._state.planned.items() if one.end > ending_after})


class MemoryExemptions:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, exemption: Exemption) -> None:
        self._state.exemptions[exemption.workspace, exemption.number, exemption.freeze] = exemption

    def get(self, workspace: str, number: int, freeze: str) -> Exemption | None:
        return self._state.exemptions.get((workspace, number, freeze))

    def of(self, workspace: str) -> Sequence[Exemption]:
        return [one for key, one in sorted(self._state.exemptions.items()) if key[0] == workspace]


class MemoryFeeds:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, feed: Feed) -> None:
        self._state.feeds[feed.workspace, feed.person] = feed

    def remove(self, workspace: str, person: str) -> bool:
        return self._state.feeds.pop((workspace, person), None) is not None

    def of(self, workspace: str, person: str) -> Feed | None:
        return self._state.feeds.get((workspace, person))

    def find(self, digest: str) -> Feed | None:
        return next((one for one in self._state.feeds.values() if one.digest == digest), None)

    def people(self, workspace: str) -> Sequence[str]:
        return sorted(person for owner, person in self._state.feeds if owner == workspace)
