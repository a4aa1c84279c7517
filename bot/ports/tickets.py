"""What the core needs of the store for tickets: the tickets, their clocks, their log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.escalation import Escalation
from bot.domain.events import Event
from bot.domain.sla import Clock
from bot.domain.ticket import Entry, Ticket


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets are wanted; empty fields do not narrow. `involving`: requester, follower or liaison.

    `numbers`: only these.
    """

    kind: str = ""
    topic: str = ""
    only_open: bool = False
    only_late_at: datetime | None = None
    requester: str = ""
    liaison: str = ""
    involving: str = ""
    source_message: str = ""
    conversation: str = ""
    opened_since: datetime | None = None
    starts_from: date | None = None
    starts_until: date | None = None
    numbers: tuple[int, ...] = ()
    limit: int = 50
    offset: int = 0


class Tickets(Protocol):
    """The tickets of all workspaces; every call names its workspace."""

    def add(self, ticket: Ticket) -> Ticket:
        """Store a new ticket with the next number of its workspace, and its pending events."""

    def get(self, workspace: str, number: int) -> Ticket:
        """One ticket, locked for this unit of work. Raises NotFound."""

    def save(self, ticket: Ticket) -> None:
        """Store a changed ticket and its pending events. Raises Conflict if somebody else changed it."""

    def in_thread(self, workspace: str, conversation: str, thread: str) -> Ticket | None:
        """The newest ticket whose conversation is this thread."""

    def search(self, workspace: str, wanted: TicketFilter) -> Sequence[Ticket]:
        """Tickets, newest first."""


class Clocks(Protocol):
    """The SLA clocks of tickets, with the time at which each must be looked at next."""

    def of(self, workspace: str, number: int) -> Sequence[Clock]:
        """All clocks of a ticket."""

    def save(self, workspace: str, number: int, clocks: Iterable[Clock], look_at: Sequence[datetime | None]) -> None:
        """Store clocks (by kind and cycle) with their next look, None for never."""

    def open_after(self, workspace: str, number: int, limit: int) -> Sequence[int]:
        """The next tickets with an open clock, by number."""

    def alive(self, workspace: str, since: datetime) -> Sequence[tuple[int, Clock]]:
        """Clocks that are open, or were met or cancelled at or after a time, with the numbers of their tickets."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A ticket with all its clocks, and the time at which each must be looked at next, None for never.

    `ladder`: its escalations; of what is stored, those that are new or changed.
    """

    ticket: Ticket
    clocks: Sequence[Clock]
    look_at: Sequence[datetime | None]
    ladder: Sequence[Escalation] = ()


class Watch(Protocol):
    """Many tickets at once, for those who look at what is due."""

    def claim(self, now: datetime, limit: int) -> Sequence[Watched]:
        """Tickets with a clock to be looked at, the longest due first, claimed for this unit of work.

        `limit` is of clocks, of which several may be of one ticket. None: nothing is due that nobody else holds.
        """

    def save(self, seen: Iterable[Watched]) -> None:
        """Store what became of what `claim` gave in this unit of work: pending events, clocks, looks, the ladder where
        it changed. Of the ticket itself only the revision changes.
        """


class Log(Protocol):
    """The event log of tickets, and their conversations."""

    def events(self, workspace: str, number: int) -> Sequence[Event]:
        """What happened to a ticket, oldest first."""

    def happened(
        self, workspace: str, conversation: str, whats: Sequence[str], since: datetime
    ) -> Sequence[tuple[Ticket, Event]]:
        """Events of some kinds on the tickets of a channel, oldest first."""

    def entries(self, workspace: str, number: int) -> Sequence[Entry]:
        """The conversation of a ticket, oldest first."""

    def keep(self, workspace: str, number: int, entry: Entry) -> bool:
        """Add a message of the conversation. False if it is there already."""

    def change(self, workspace: str, conversation: str, message: str, text: str | None, at: datetime) -> Sequence[int]:
        """A message was edited (text) or deleted (None). The tickets it belongs to, by number."""
