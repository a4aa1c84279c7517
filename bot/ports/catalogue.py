"""What the core needs of the store for the catalogue of tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.catalogue import Tool


class Catalogue(Protocol):
    """The tools each workspace has."""

    def save(self, workspace: str, tool: Tool) -> None:
        """Store a tool, in place of the one of the same name."""

    def like(self, workspace: str, name: str) -> Sequence[Tool]:
        """The tools that a topic may mean: known under one with the same first letter and about as long."""

    def of_category(self, workspace: str, category: str) -> Sequence[Tool]:
        """The tools of a category, by name."""
