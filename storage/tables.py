"""The tables of tickets and all that belongs to them. Every row carries its workspace."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Index, Integer, MetaData, TextClause, literal_column, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import BigId, Json, UtcTime, Words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_OPEN = "state NOT IN ('closed', 'withdrawn')"


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Words(), datetime: UtcTime(), dict[str, Any]: Json(), list[str]: Json()}


def partial_index(name: str, *columns: str, where: TextClause | ColumnElement[bool], unique: bool = False) -> Index:
    """An index of some rows only, on both databases. The condition holds literals, so that a query with the same
    condition is seen to fall within it.
    """
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def of_a_ticket() -> ForeignKeyConstraint:
    """The key of the ticket a row belongs to, and goes with."""
    return ForeignKeyConstraint(["workspace", "number"], ["ticket.workspace", "ticket.number"], ondelete="CASCADE")


class WorkspaceRow(Base):
    """One workspace and the last ticket number it gave out. Its lock puts intake in line."""

    __tablename__ = "workspace"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    last_number: Mapped[int] = mapped_column(Integer)


class TicketRow(Base):
    """One ticket; `conversation`, `thread` and `message` are its place in the chat."""

    __tablename__ = "ticket"
    __table_args__ = (
        # Each ends with the number: lists are sorted by it, and SQLite then takes the index without statistics.
        partial_index("ix_ticket_open", "workspace", "number", where=text(_OPEN)),
        partial_index("ix_ticket_open_topic", "workspace", "topic", "number", where=text(_OPEN)),
        partial_index("ix_ticket_open_liaison", "workspace", "liaison", "number", where=text(_OPEN)),
        partial_index("ix_ticket_starts", "workspace", "starts_on", where=text("starts_on IS NOT NULL")),
        Index("ix_ticket_thread", "workspace", "conversation", "thread", "number"),
        Index("ix_ticket_message", "workspace", "message", "number"),
        Index("ix_ticket_requester", "workspace", "requester", "number"),
        Index("ix_ticket_opened", "workspace", "opened_at"),
    )

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    title: Mapped[str]
    topic: Mapped[str]
    requester: Mapped[str]
    conversation: Mapped[str]
    thread: Mapped[str]
    message: Mapped[str]
    opened_at: Mapped[datetime]
    intake: Mapped[str]
    priority: Mapped[str]
    state: Mapped[str]
    liaison: Mapped[str]
    followers: Mapped[list[str]]
    facts: Mapped[dict[str, Any]]
    starts_on: Mapped[date | None]
    waiting_for: Mapped[str | None]
    level: Mapped[int]
    escalated_to: Mapped[str]
    outcome: Mapped[str]
    finished_at: Mapped[datetime | None]
    cycle: Mapped[int]
    revision: Mapped[int]


IS_OPEN = TicketRow.state.not_in([literal_column("'closed'"), literal_column("'withdrawn'")])


class PersonRow(Base):
    """Somebody a ticket involves: its requester, followers and liaison."""

    __tablename__ = "ticket_person"
    __table_args__ = (of_a_ticket(), Index("ix_ticket_person_ticket", "workspace", "number"))

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class ClockRow(Base):
    """One clock of a ticket: its ledger, and when it must be looked at next."""

    __tablename__ = "clock"
    __table_args__ = (
        of_a_ticket(),
        partial_index("ix_clock_look", "look_at", where=text("look_at IS NOT NULL")),
        partial_index("ix_clock_stopped", "workspace", "stopped_at", where=text("stopped_at IS NOT NULL")),
        partial_index("ix_clock_late", "workspace", "number", where=text("state = 'open'")),
    )

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    cycle: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    state: Mapped[str]
    breached: Mapped[bool]
    look_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    ledger: Mapped[dict[str, Any]]


IS_LATE = (ClockRow.state == literal_column("'open'")) & ClockRow.breached


class EventRow(Base):
    """One line of a ticket's log."""

    __tablename__ = "event"
    __table_args__ = (
        of_a_ticket(),
        Index("ix_event_ticket", "workspace", "number", "id"),
        Index("ix_event_what", "workspace", "what", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    number: Mapped[int]
    what: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    why: Mapped[str]
    data: Mapped[dict[str, Any]]


class EntryRow(Base):
    """One message of a ticket's conversation, or an internal note (its `message` is empty)."""

    __tablename__ = "entry"
    __table_args__ = (
        of_a_ticket(),
        Index("ix_entry_ticket", "workspace", "number", "at"),
        partial_index("uq_entry_message", "workspace", "message", "number", where=text("message <> ''"), unique=True),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    number: Mapped[int]
    message: Mapped[str]
    author: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    files: Mapped[list[str]]
    internal: Mapped[bool]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
