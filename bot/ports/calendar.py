"""What the core needs of the store for the campaign calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.planned import Planned


class Plans(Protocol):
    """The entries of each workspace's campaign calendar that are no tickets."""

    def save(self, workspace: str, *planned: Planned) -> None:
        """Store entries, each in place of the one of the same key."""

    def remove(self, workspace: str, *keys: str) -> None:
        """Take entries out; nothing happens for a key that is not there."""

    def get(self, workspace: str, key: str) -> Planned | None:
        """One entry, locked for this unit of work."""

    def between(self, workspace: str, since: datetime, until: datetime) -> Sequence[Planned]:
        """The entries that are on at some time from `since` to before `until`, by start and key."""

    def workspaces(self, ending_after: datetime) -> Sequence[str]:
        """The workspaces that have an entry which ends after a time."""
