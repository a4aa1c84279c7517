"""The event log and the conversations of tickets in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.domain.events import Event
from bot.domain.ticket import Entry, Ticket
from storage.sql import insert_into
from storage.tables import EntryRow, EventRow, TicketRow
from storage.ticket_rows import entry_from, entry_values, event_from, ticket_from


class SqlLog:
    """Implements bot.ports.Log within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def events(self, workspace: str, number: int) -> Sequence[Event]:
        """What happened to a ticket, in the order in which it was written down."""
        wanted = select(EventRow).where(EventRow.workspace == workspace, EventRow.number == number)
        return [event_from(row) for row in self._session.scalars(wanted.order_by(EventRow.id))]

    def happened(
        self, workspace: str, conversation: str, whats: Sequence[str], since: datetime
    ) -> Sequence[tuple[Ticket, Event]]:
        """Events of some kinds on the tickets of a channel at or after a time, oldest first."""
        wanted = (
            select(TicketRow, EventRow)
            .join(EventRow, (EventRow.workspace == TicketRow.workspace) & (EventRow.number == TicketRow.number))
            .where(EventRow.workspace == workspace, EventRow.what.in_(whats), EventRow.at >= since)
            .where(TicketRow.conversation == conversation)
            .order_by(EventRow.at, EventRow.id)
        )
        return [(ticket_from(ticket), event_from(event)) for ticket, event in self._session.execute(wanted)]

    def entries(self, workspace: str, number: int) -> Sequence[Entry]:
        """The conversation of a ticket, oldest first."""
        wanted = select(EntryRow).where(EntryRow.workspace == workspace, EntryRow.number == number)
        return [entry_from(row) for row in self._session.scalars(wanted.order_by(EntryRow.at, EntryRow.id))]

    def keep(self, workspace: str, number: int, entry: Entry) -> bool:
        """Add a message of the conversation. False if it is there already; internal notes never are."""
        row = insert_into(self._session, EntryRow).values(entry_values(workspace, number, entry))
        kept = self._session.execute(row.on_conflict_do_nothing().returning(EntryRow.id))
        return kept.first() is not None

    def change(self, workspace: str, conversation: str, message: str, text: str | None, at: datetime) -> Sequence[int]:
        """A message was edited (text) or deleted (None). The numbers of the tickets it belongs to, if any.

        Of two edits the later one stays, whatever came first; what was deleted stays so, and its text is wiped.
        """
        numbers = self._session.scalars(_numbers_of(workspace, conversation, message)).all() if message else ()
        if not numbers:
            return ()
        mine = (EntryRow.workspace == workspace, EntryRow.message == message, EntryRow.number.in_(numbers))
        change = update(EntryRow).where(*mine, EntryRow.deleted_at.is_(None))
        if text is None:
            change = change.values(text="", files=[], deleted_at=at)
        else:
            newest = EntryRow.edited_at.is_(None) | (EntryRow.edited_at <= at)
            change = change.where(newest).values(text=text, edited_at=at)
        self._session.execute(change, execution_options={"synchronize_session": False})
        return numbers


def _numbers_of(workspace: str, conversation: str, message: str) -> Select[int]:
    return (
        select(EntryRow.number)
        .join(TicketRow, (TicketRow.workspace == EntryRow.workspace) & (TicketRow.number == EntryRow.number))
        .where(EntryRow.workspace == workspace, EntryRow.message == message, EntryRow.message != "")
        .where(TicketRow.conversation == conversation)
        .order_by(EntryRow.number)
        .distinct()
    )
