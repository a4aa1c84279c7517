"""A workspace and the marketing channels the bot listens in, with what was agreed for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.hours import Calendar
from bot.domain.people import Role

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of the chat. While `listening` it is a marketing channel; else the bot only answers when called.

    While `learning`, the words of messages that people judged are kept to learn from.
    """

    workspace: str
    id: str
    name: str = ""
    listening: bool = False
    liaison: str = ""
    zone: str = "UTC"
    sync_weekday: int = 0
    sync_hour: int = 9
    sensitivity: str = "normal"
    reaction: str = "ticket"
    set_up_at: datetime | None = None
    learning: bool = False

    @property
    def tz(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.zone)

    @property
    def calendar(self) -> Calendar:
        """Its working hours: Monday to Friday 09:00-17:00 in its zone."""
        return Calendar.office(self.zone)


@dataclass(frozen=True, slots=True)
class Roles:
    """Who holds which roles in one workspace."""

    holders: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)

    def of(self, person: str) -> frozenset[Role]:
        """The roles of one person."""
        return frozenset(role for role, people in self.holders.items() if person in people)

    def first(self, role: Role) -> str:
        """The one to turn to for a role, or an empty string."""
        people = self.holders.get(role, ())
        return people[0] if people else ""
