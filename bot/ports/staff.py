"""What the core needs of the store about who has a ticket: escalations, absences, skills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.absence import Absence
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


class Absences(Protocol):
    """Who is out of office, and when that changes."""

    def of(self, workspace: str) -> Sequence[Absence]:
        """All absences that are planned or on, by person and source."""

    def save(self, absence: Absence) -> None:
        """Store an absence; a person has one of each source."""

    def drop(self, absence: Absence) -> None:
        """It is over, or was not meant."""

    def due(self, now: datetime, limit: int) -> Sequence[Absence]:
        """Absences to be looked at, claimed for this unit of work."""


class Skills(Protocol):
    """What the people of IT look after, and how much they have to do."""

    def of(self, workspace: str) -> Mapping[str, tuple[str, ...]]:
        """The skills of each person who has any."""

    def learn(self, workspace: str, person: str, skills: Sequence[str]) -> None:
        """From now on a person looks after exactly this."""

    def loads(self, workspace: str) -> Mapping[str, int]:
        """How many open tickets each liaison has; who has none is left out."""
