"""What the core needs of the store for the catalogue of tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.catalogue import Tool, ToolStatus


@dataclass(frozen=True, slots=True)
class ToolFilter:
    """Which tools are wanted; empty fields do not narrow. `renews_until`: those that renew on that day or before."""

    category: str = ""
    statuses: tuple[ToolStatus, ...] = ()
    renews_until: date | None = None
    limit: int = 500
    offset: int = 0


class Catalogue(Protocol):
    """The tools each workspace has."""

    def save(self, workspace: str, *tools: Tool) -> None:
        """Store tools, each in place of the one of the same name."""

    def remove(self, workspace: str, name: str) -> None:
        """Take the tool of this topic out; nothing happens if there is none."""

    def like(self, workspace: str, name: str) -> Sequence[Tool]:
        """The tools that a topic may mean: those known under it, else those of which it may be a misspelling."""

    def search(self, workspace: str, wanted: ToolFilter) -> Sequence[Tool]:
        """Tools, by category and name."""

    def workspaces(self) -> Sequence[str]:
        """The workspaces that have a catalogue."""
