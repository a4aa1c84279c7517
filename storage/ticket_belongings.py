"""What belongs to tickets, written for many of them at once: the people they involve, the events their verbs left."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from bot.domain.ticket import Ticket
from storage.tables import EventRow, PersonRow
from storage.ticket_rows import event_values, people_of
from storage.unfolded import among_rows, insert_many, rows_text


def write_people(session: Session, tickets: Sequence[Ticket]) -> None:
    """Make the stored people of some tickets those they involve now."""
    stored = _stored(session, tickets)
    wanted = {(ticket.workspace, ticket.number, person) for ticket in tickets for person in people_of(ticket)}
    if gone := stored - wanted:
        row = tuple_(PersonRow.workspace, PersonRow.number, PersonRow.person)
        session.execute(delete(PersonRow).where(row.in_(gone)), execution_options={"synchronize_session": False})
    if new := sorted(wanted - stored):
        insert_many(session, PersonRow, [dict(zip(_PERSON, each, strict=True)) for each in new])


def write_pending(session: Session, tickets: Sequence[Ticket]) -> None:
    """Add the pending events of some tickets to the log, and clear them."""
    rows = [event_values(ticket, event) for ticket in tickets for event in ticket.pending]
    insert_many(session, EventRow, rows)
    for ticket in tickets:
        ticket.pending.clear()


def _stored(session: Session, tickets: Sequence[Ticket]) -> set[tuple[str, int, str]]:
    of_these = among_rows(session, PersonRow, "workspace", "number")
    rows = select(PersonRow.workspace, PersonRow.number, PersonRow.person).where(of_these)
    keys = rows_text(((ticket.workspace, ticket.number) for ticket in tickets), "workspace", "number")
    return {(row.workspace, row.number, row.person) for row in session.execute(rows, {"rows": keys})}


_PERSON = ("workspace", "number", "person")
