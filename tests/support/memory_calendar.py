"""The campaign calendar in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

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
