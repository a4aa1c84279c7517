"""What the core needs of the store for the weekly sync: agendas, topics, actions, decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.action import Action
from bot.domain.agenda import Agenda, Decision, Topic

InvitationUrl = Callable[[Agenda], str]


class Agendas(Protocol):
    """What was on the table at each sync of a channel."""

    def save(self, agenda: Agenda) -> None:
        """Store an agenda, new or changed; it is known by its channel and week."""

    def get(self, workspace: str, conversation: str, slot: str) -> Agenda | None:
        """One agenda, locked for this unit of work."""

    def last(self, workspace: str, conversation: str) -> Agenda | None:
        """The newest agenda of a channel that was not withdrawn, locked for this unit of work."""


class Topics(Protocol):
    """What people want to talk about."""

    def add(self, topic: Topic) -> Topic:
        """Keep a topic; it comes back with its id."""

    def between(self, workspace: str, conversation: str, since: datetime, until: datetime) -> Sequence[Topic]:
        """The topics of a channel added from `since` until before `until`, oldest first."""

    def remove(self, workspace: str, topic: int, by: str) -> bool:
        """Take back a topic of one's own. False if there is none."""


class Actions(Protocol):
    """What people promised."""

    def add(self, action: Action) -> Action:
        """Keep a new action; it comes back with its id."""

    def get(self, workspace: str, action: int) -> Action:
        """One action, locked for this unit of work. Raises NotFound."""

    def save(self, action: Action) -> None:
        """Store a changed action."""

    def of(self, workspace: str, conversation: str, settled_since: datetime) -> Sequence[Action]:
        """The unfinished actions of a channel and those settled at or after a time, oldest first."""


class Decisions(Protocol):
    """What was decided."""

    def add(self, decision: Decision) -> Decision:
        """Keep a decision; it comes back with its id."""

    def since(self, workspace: str, conversation: str, since: datetime) -> Sequence[Decision]:
        """The decisions of a channel taken down at or after a time, oldest first."""
