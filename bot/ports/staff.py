"""What the core needs of the store about who has a ticket: escalations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.escalation import Escalation, Patience


class Escalations(Protocol):
    """Tickets on their way up the ladder, and how long each level has to answer."""

    def of(self, workspace: str, number: int = 0) -> Sequence[Escalation]:
        """All escalations of a ticket, or all open ones of a workspace, oldest first."""

    def save(self, escalation: Escalation) -> None:
        """Store an escalation, by its ticket and cause."""

    def due(self, now: datetime, limit: int) -> Sequence[Escalation]:
        """Open escalations to be looked at, the longest due first. Not locked: its ticket's lock keeps others out."""

    def patience(self, workspace: str) -> Patience:
        """How long each level has to answer."""

    def be_patient(self, workspace: str, patience: Patience) -> None:
        """Change that."""
