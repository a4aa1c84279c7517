"""The catalogue of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import Tool, misspelling, spellings, topic
from bot.ports import ToolFilter
from tests.support.memory_state import State


class MemoryCatalogue:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, workspace: str, *tools: Tool) -> None:
        self._state.catalogue.update({(workspace, topic(tool.name)): tool for tool in tools})

    def remove(self, workspace: str, name: str) -> None:
        self._state.catalogue.pop((workspace, name), None)

    def like(self, workspace: str, name: str) -> Sequence[Tool]:
        known = [tool for tool in self._of(workspace) if name in spellings(tool)]
        near = [
            tool for tool in self._of(workspace) if any(misspelling(name, key) is not None for key in spellings(tool))
        ]
        return known or near

    def search(self, workspace: str, wanted: ToolFilter) -> Sequence[Tool]:
        found = sorted(self._of(workspace), key=lambda tool: (tool.category, topic(tool.name)))
        fitting = [tool for tool in found if _fits(tool, wanted)]
        return fitting[wanted.offset : wanted.offset + wanted.limit]

    def workspaces(self) -> Sequence[str]:
        return sorted({workspace for workspace, _ in self._state.catalogue})

    def _of(self, workspace: str) -> list[Tool]:
        return [tool for (of, _), tool in sorted(self._state.catalogue.items()) if of == workspace]


def _fits(tool: Tool, wanted: ToolFilter) -> bool:
    return (
        (not wanted.category or tool.category == wanted.category)
        and (not wanted.statuses or tool.status in wanted.statuses)
        and (wanted.renews_until is None or (tool.renews_on is not None and tool.renews_on <= wanted.renews_until))
    )
