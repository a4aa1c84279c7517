"""What the core needs of the seals of people who ask anonymously: to destroy them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.anonymity import Seal


class Seals(Protocol):
    """The seals of each workspace, by token. One that was dropped is gone for good."""

    def put(self, seal: Seal) -> None:
        """Store a new one."""

    def get(self, workspace: str, token: str) -> Seal | None:
        """The seal of a token, None where there is none any more."""

    def drop(self, workspace: str, token: str) -> None:
        """Destroy a seal; nothing happens if it is gone."""

    def drop_unused(self, before: datetime) -> int:
        """Destroy the seals from before a time behind which no ticket stands; how many."""
