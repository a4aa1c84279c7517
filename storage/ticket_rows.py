"""Tickets, events and entries as the values of their rows, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.domain.events import Event, What
from bot.domain.sla import Priority
from bot.domain.ticket import Entry, Intake, Place, State, Ticket, WaitingFor
from storage.tables import EntryRow, EventRow, TicketRow

_ALIKE = (
    "workspace", "number", "kind", "title", "topic", "requester", "opened_at", "intake", "priority", "state",
    "liaison", "starts_on", "waiting_for", "level", "escalated_to", "outcome", "finished_at", "cycle", "revision",
)  # fmt: skip


def ticket_values(ticket: Ticket) -> dict[str, Any]:
    """The columns of a ticket's row."""
    place = ticket.place
    return {name: getattr(ticket, name) for name in _ALIKE} | {
        "conversation": place.conversation,
        "thread": place.thread,
        "message": place.message,
        "followers": list(ticket.followers),
        "facts": dict(ticket.facts),
    }


def ticket_from(row: TicketRow | Row[Any]) -> Ticket:
    """The ticket of a row, or of all its columns."""
    alike = {name: getattr(row, name) for name in _ALIKE}
    typed = {
        "intake": Intake(row.intake),
        "priority": Priority(row.priority),
        "state": State(row.state),
        "waiting_for": WaitingFor(row.waiting_for) if row.waiting_for else None,
        "place": Place(row.conversation, row.thread, row.message),
        "followers": tuple(row.followers),
        "facts": dict(row.facts),
    }
    return Ticket(**(alike | typed))


def people_of(ticket: Ticket) -> set[str]:
    """Everybody the ticket involves."""
    return {ticket.requester, ticket.liaison, *ticket.followers} - {""}


def event_values(ticket: Ticket, event: Event) -> dict[str, Any]:
    """The columns of an event's row."""
    return {
        "workspace": ticket.workspace,
        "number": ticket.number,
        "what": str(event.what),
        "at": event.at,
        "by": event.by,
        "why": event.why,
        "data": dict(event.data),
    }


def event_from(row: EventRow) -> Event:
    """The event of a row."""
    return Event(What(row.what), row.at, row.by, row.why, dict(row.data))


def entry_values(workspace: str, number: int, entry: Entry) -> dict[str, Any]:
    """The columns of an entry's row."""
    return {
        "workspace": workspace,
        "number": number,
        "message": entry.message,
        "author": entry.author,
        "text": entry.text,
        "at": entry.at,
        "files": list(entry.files),
        "internal": entry.internal,
        "edited_at": entry.edited_at,
        "deleted_at": entry.deleted_at,
    }


def entry_from(row: EntryRow) -> Entry:
    """The entry of a row."""
    return Entry(
        author=row.author,
        text=row.text,
        at=row.at,
        message=row.message,
        files=tuple(row.files),
        internal=row.internal,
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
    )
