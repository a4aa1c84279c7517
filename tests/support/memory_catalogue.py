"""The catalogue of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import Tool, spellings, topic
from tests.support.memory_state import State


class MemoryCatalogue:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, workspace: str, tool: Tool) -> None:
        self._state.catalogue[workspace, topic(tool.name)] = tool

    def like(self, workspace: str, name: str) -> Sequence[Tool]:
        return [
            tool
            for tool in self._of(workspace)
            if any(key[:1] == name[:1] and abs(len(key) - len(name)) <= 2 for key in spellings(tool))
        ]

    def of_category(self, workspace: str, category: str) -> Sequence[Tool]:
        return [tool for tool in self._of(workspace) if tool.category == category]

    def _of(self, workspace: str) -> list[Tool]:
        return [tool for (of, _), tool in sorted(self._state.catalogue.items()) if of == workspace]
