"""What about a ticket people can change afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.targets import Priority


@dataclass(frozen=True, slots=True)
class Revision:
    """A ticket's kind, priority, start and facts, as they are or shall be."""

    kind: str
    priority: Priority
    starts_on: date | None
    facts: Mapping[str, str]

    def differences(self, before: Revision) -> list[str]:
        """What is new, in words."""
        pairs = [
            ("kind", before.kind.replace("_", " "), self.kind.replace("_", " ")),
            ("priority", before.priority.value, self.priority.value),
            ("start", str(before.starts_on or "open"), str(self.starts_on or "open")),
        ]
        changed = [f"{name} {old} → {new}" for name, old, new in pairs if old != new]
        other = dict(before.facts) != dict(self.facts)
        return changed or (["details"] if other else [])
