"""What goes on around a tool besides its verdict: who runs it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Project:
    """The project of one ticket. `manager`: who runs it, named by somebody at a time."""

    workspace: str
    number: int
    manager: str = ""
    named_by: str = ""
    named_at: datetime | None = None

    def name_manager(self, person: str, by: str, at: datetime) -> Project:
        """The project with who runs it."""
        return replace(self, manager=person, named_by=by, named_at=at)
