"""Tickets in the database: one row each, their people, and the events their verbs left."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, case, insert, literal, select, update
from sqlalchemy.orm import Session

from bot.domain.errors import Conflict, NotFound
from bot.domain.ticket import Ticket
from bot.ports import TicketFilter
from storage.sql import insert_into
from storage.tables import IS_LATE, IS_OPEN, ClockRow, PersonRow, TicketRow, WorkspaceRow
from storage.ticket_belongings import write_pending, write_people
from storage.ticket_rows import ticket_from, ticket_values


class SqlTickets:
    """Implements bot.ports.Tickets within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock_intake(self, workspace: str) -> None:
        """Wait until no other unit of work is opening a ticket in this workspace, and keep others out."""
        self._count(workspace, 0)

    def add(self, ticket: Ticket) -> Ticket:
        """Store a new ticket with the next number of its workspace, and its pending events."""
        ticket.number = self._count(ticket.workspace, 1)
        self._session.execute(insert(TicketRow).values(ticket_values(ticket)))
        self._write_belongings(ticket)
        return ticket

    def get(self, workspace: str, number: int) -> Ticket:
        """One ticket, locked until the transaction ends. Raises NotFound."""
        wanted = select(TicketRow).where(TicketRow.workspace == workspace, TicketRow.number == number)
        row = self._session.scalars(wanted.with_for_update()).one_or_none()
        if row is None:
            raise NotFound(f"There is no ticket IT-{number} here. /itcheck list shows those that are open.")
        return ticket_from(row)

    def save(self, ticket: Ticket) -> None:
        """Store a changed ticket and its pending events. Raises Conflict if it has another revision by now."""
        values = ticket_values(ticket) | {"revision": ticket.revision + 1}
        if not ticket.place.thread:  # the outbox may have anchored its thread since it was read
            values["conversation"] = case(
                (TicketRow.thread != "", TicketRow.conversation), else_=literal(ticket.place.conversation)
            )
            del values["thread"]
        changed = self._session.execute(
            update(TicketRow)
            .where(TicketRow.workspace == ticket.workspace, TicketRow.number == ticket.number)
            .where(TicketRow.revision == ticket.revision)
            .values(values)
            .returning(TicketRow.number),
            execution_options={"synchronize_session": False},
        )
        if changed.first() is None:
            raise Conflict(f"{ticket.name} was changed by somebody else just now. Look at it again.")
        ticket.revision += 1
        self._write_belongings(ticket)

    def in_thread(self, workspace: str, conversation: str, thread: str) -> Ticket | None:
        """The newest ticket whose conversation is this thread."""
        wanted = (
            select(TicketRow)
            .where(TicketRow.workspace == workspace, TicketRow.conversation == conversation)
            .where(TicketRow.thread == thread)
            .order_by(TicketRow.number.desc())
            .limit(1)
        )
        row = self._session.scalars(wanted).first() if thread else None
        return None if row is None else ticket_from(row)

    def search(self, workspace: str, wanted: TicketFilter) -> Sequence[Ticket]:
        """Tickets, newest first."""
        found = _narrowed(workspace, wanted)
        page = found.order_by(TicketRow.number.desc()).limit(wanted.limit).offset(wanted.offset)
        return [ticket_from(row) for row in self._session.scalars(page)]

    def _count(self, workspace: str, more: int) -> int:
        """Add to the workspace's last number, holding its row until the transaction ends; the number after it."""
        counter = insert_into(self._session, WorkspaceRow).values(workspace=workspace, last_number=more)
        counted = counter.on_conflict_do_update(
            index_elements=[WorkspaceRow.workspace], set_={"last_number": WorkspaceRow.last_number + more}
        )
        return int(self._session.execute(counted.returning(WorkspaceRow.last_number)).scalar_one())

    def _write_belongings(self, ticket: Ticket) -> None:
        write_people(self._session, [ticket])
        write_pending(self._session, [ticket])


def _narrowed(workspace: str, wanted: TicketFilter) -> Select[TicketRow]:
    found = select(TicketRow).where(TicketRow.workspace == workspace)
    exact = {
        TicketRow.kind: wanted.kind,
        TicketRow.topic: wanted.topic,
        TicketRow.requester: wanted.requester,
        TicketRow.liaison: wanted.liaison,
        TicketRow.message: wanted.source_message,
        TicketRow.conversation: wanted.conversation,
    }
    found = found.where(*(column == value for column, value in exact.items() if value))
    if wanted.only_open:
        found = found.where(IS_OPEN)
    if wanted.numbers:
        found = found.where(TicketRow.number.in_(wanted.numbers))
    return _narrowed_by_time(_narrowed_by_others(found, workspace, wanted), wanted)


def _narrowed_by_others(found: Select[TicketRow], workspace: str, wanted: TicketFilter) -> Select[TicketRow]:
    if wanted.involving:
        theirs = (PersonRow.workspace == workspace, PersonRow.person == wanted.involving)
        found = found.where(TicketRow.number.in_(select(PersonRow.number).where(*theirs)))
    if wanted.only_late_at is not None:
        late = select(ClockRow.number).where(ClockRow.workspace == workspace, IS_LATE)
        found = found.where(TicketRow.number.in_(late))
    return found


def _narrowed_by_time(found: Select[TicketRow], wanted: TicketFilter) -> Select[TicketRow]:
    if wanted.opened_since is not None:
        found = found.where(TicketRow.opened_at >= wanted.opened_since)
    if wanted.starts_from is not None:
        found = found.where(TicketRow.starts_on >= wanted.starts_from)
    if wanted.starts_until is not None:
        found = found.where(TicketRow.starts_on <= wanted.starts_until)
    return found
