"""What of a ticket its clocks hang on, as the log tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.events import Event, What
from bot.domain.targets import Priority


@dataclass(frozen=True, slots=True)
class Situation:
    """A ticket at some moment. reach: how many people a campaign reaches, if known. is_told: everything IT needs
    to know before a campaign starts is there.
    """

    kind: str
    priority: Priority
    requester: str
    liaison: str = ""
    starts_on: date | None = None
    reach: int | None = None
    is_told: bool = False

    def to_data(self) -> dict[str, str]:
        """What an event keeps of it: all but the people, who stand in events of their own."""
        return {
            "kind": self.kind,
            "priority": self.priority.value,
            "start": self.starts_on.isoformat() if self.starts_on else "",
            "reach": "" if self.reach is None else str(self.reach),
            "told": "yes" if self.is_told else "",
        }

    def after(self, event: Event) -> Situation:
        """The situation once this had happened."""
        if event.what is What.ASSIGNED:
            return replace(self, liaison=event.data.get("to", self.liaison))
        if event.what is What.CLAIMED:
            return replace(self, liaison=event.by)
        if event.what in {What.OPENED, What.CHANGED} and "priority" in event.data:
            return self._as(event.data)
        return self

    def _as(self, data: Mapping[str, str]) -> Situation:
        return replace(
            self,
            kind=data["kind"],
            priority=Priority(data["priority"]),
            starts_on=date.fromisoformat(data["start"]) if data["start"] else None,
            reach=int(data["reach"]) if data["reach"] else None,
            is_told=bool(data["told"]),
        )
