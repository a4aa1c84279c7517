"""What the core needs of the store for the SLA: what was agreed, in all its editions, and what is to be recounted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.agreed import CalendarEdition, TargetsEdition


class Agreements(Protocol):
    """The targets and calendars of a workspace, with their history."""

    def targets(self, workspace: str) -> Sequence[TargetsEdition]:
        """All editions of the targets, oldest first."""

    def save_targets(self, workspace: str, edition: TargetsEdition) -> None:
        """Add an edition. Raises Conflict if somebody else added this version."""

    def calendars(self, workspace: str, owners: Collection[str]) -> Sequence[CalendarEdition]:
        """All editions of the calendars of some owners, oldest first."""

    def save_calendar(self, workspace: str, edition: CalendarEdition) -> None:
        """Add an edition. Raises Conflict if somebody else added this version."""


@dataclass(frozen=True, slots=True)
class Recount:
    """The open clocks of a workspace are to be counted anew, those of tickets after number `after`, for a reason."""

    workspace: str
    after: int
    why: str


class Recounts(Protocol):
    """Which workspaces have clocks to be counted anew, and how far that is."""

    def ask(self, workspace: str, why: str) -> None:
        """Count all open clocks of a workspace anew; from the start if it is under way already."""

    def next(self) -> Recount | None:
        """One that is not done, claimed for this unit of work; None if there is none, or others hold them all."""

    def advance(self, workspace: str, after: int | None) -> None:
        """All tickets up to this number are done; None: all of them."""
