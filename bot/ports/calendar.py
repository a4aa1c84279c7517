"""What the core needs of the store for the campaign calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.exemption import Exemption
from bot.domain.feed import Feed
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


class Exemptions(Protocol):
    """The exceptions from freezes: one a campaign's ticket and freeze."""

    def save(self, exemption: Exemption) -> None:
        """Store one, in place of the last of the same ticket and freeze. To be called with the ticket locked."""

    def get(self, workspace: str, number: int, freeze: str) -> Exemption | None:
        """The one of a ticket and a freeze."""

    def of(self, workspace: str) -> Sequence[Exemption]:
        """All of a workspace, by ticket and freeze."""


class Feeds(Protocol):
    """The secret links to calendars."""

    def save(self, feed: Feed) -> None:
        """Store a link, in place of that person's last."""

    def remove(self, workspace: str, person: str) -> bool:
        """Take back somebody's link. False if there was none."""

    def of(self, workspace: str, person: str) -> Feed | None:
        """Somebody's link."""

    def find(self, digest: str) -> Feed | None:
        """The link of this digest, in whichever workspace."""

    def people(self, workspace: str) -> Sequence[str]:
        """Who has a link."""
