"""The tables of the weekly sync: agendas, topics, actions, decisions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId
from storage.tables import Base, partial_index


class AgendaRow(Base):
    """What was on the table for one week of a channel; `items` holds the tickets by section."""

    __tablename__ = "agenda"
    __table_args__ = (Index("ix_agenda_last", "workspace", "conversation", "at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    since: Mapped[datetime]
    posted_at: Mapped[datetime]
    skipped: Mapped[bool]
    withdrawn: Mapped[bool]
    revision: Mapped[int]
    items: Mapped[dict[str, Any]]


class TopicRow(Base):
    """What somebody wants to talk about."""

    __tablename__ = "topic"
    __table_args__ = (Index("ix_topic_at", "workspace", "conversation", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    conversation: Mapped[str]
    words: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class ActionRow(Base):
    """What somebody promised."""

    __tablename__ = "action"
    __table_args__ = (
        partial_index("ix_action_unfinished", "workspace", "conversation", where=text("settled_at IS NULL")),
        Index("ix_action_settled", "workspace", "conversation", "settled_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    conversation: Mapped[str]
    agenda: Mapped[str]
    what: Mapped[str]
    owner: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    due: Mapped[date | None]
    ticket: Mapped[int | None]
    state: Mapped[str]
    carried: Mapped[int]
    carried_at: Mapped[datetime | None]
    settled_by: Mapped[str]
    settled_at: Mapped[datetime | None]


class DecisionRow(Base):
    """What was decided."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_at", "workspace", "conversation", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    conversation: Mapped[str]
    agenda: Mapped[str]
    what: Mapped[str]
    by: Mapped[str]
    recorded_by: Mapped[str]
    at: Mapped[datetime]
    ticket: Mapped[int | None]
