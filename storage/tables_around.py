"""The tables around the tickets: channels, roles, private questions, labels, slots, usage, inbox and outbox."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from storage.columns import BigId
from storage.tables import Base, partial_index


class ChannelRow(Base):
    """A channel with what was agreed for it."""

    __tablename__ = "channel"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    listening: Mapped[bool]
    liaison: Mapped[str]
    zone: Mapped[str]
    sync_weekday: Mapped[int]
    sync_hour: Mapped[int]
    sensitivity: Mapped[str]
    reaction: Mapped[str]
    set_up_at: Mapped[datetime | None]
    learning: Mapped[bool]


class RoleRow(Base):
    """Somebody who holds a role; the first one has the lowest position."""

    __tablename__ = "role"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class QuestionRow(Base):
    """A private question; once it is wiped, nothing of the message is left in it."""

    __tablename__ = "question"
    __table_args__ = (
        Index("ix_question_person", "workspace", "person", "asked_at"),
        partial_index("ix_question_unwiped", "asked_at", where=text("wiped_at IS NULL")),
    )

    workspace: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    topic: Mapped[str]
    request: Mapped[dict[str, Any]]
    detection: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]
    answer: Mapped[str]
    answered_at: Mapped[datetime | None]
    wiped_at: Mapped[datetime | None]


class LabelRow(Base):
    """What was made of a label of a message, and what people said of it; with its words where the channel learns."""

    __tablename__ = "label"
    __table_args__ = (Index("ix_label_at", "at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str]
    confidence: Mapped[float]
    at: Mapped[datetime]
    said: Mapped[str]
    said_at: Mapped[datetime | None]
    text: Mapped[str]
    context: Mapped[str]


class OccurrenceRow(Base):
    """A slot of scheduled work that somebody has taken."""

    __tablename__ = "occurrence"
    __table_args__ = (Index("ix_occurrence_last", "workspace", "job", "at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ModelUseRow(Base):
    """What the language model was used for in a workspace on one day (UTC)."""

    __tablename__ = "model_use"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    calls: Mapped[int]
    tokens_in: Mapped[int] = mapped_column(BigId)
    tokens_out: Mapped[int] = mapped_column(BigId)


class ModelWritesRow(Base):
    """Whether the language model may write for a workspace, and who said so."""

    __tablename__ = "model_writes"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime]


class QueueState(StrEnum):
    """Where a row of inbox or outbox stands."""

    READY = "ready"
    CLAIMED = "claimed"
    PARKED = "parked"
    DONE = "done"
    FAILED = "failed"


UNFINISHED = text("finished_at IS NULL")


class QueueRow(Base):
    """What the rows of inbox and outbox have in common. `finished_at` is empty until a row is done or failed."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    key: Mapped[str]
    lane: Mapped[str]
    state: Mapped[str]
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    fence: Mapped[int]
    attempts: Mapped[int]
    why: Mapped[str]
    parked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    payload: Mapped[dict[str, Any] | None]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """Claiming looks only into the small indexes of what is unfinished."""
        return (*queue_constraints(cls.__tablename__), {"sqlite_autoincrement": True})


def queue_constraints(table: str) -> tuple[UniqueConstraint | Index, ...]:
    """The unique key of a queue and its indexes."""
    return (
        UniqueConstraint("workspace", "key"),
        partial_index(f"ix_{table}_unfinished", "id", where=UNFINISHED),
        partial_index(f"ix_{table}_lane", "workspace", "lane", "id", where=UNFINISHED),
        partial_index(f"ix_{table}_finished", "finished_at", where=text("finished_at IS NOT NULL")),
    )


class InboxRow(QueueRow):
    """A request that waits, or what became of it."""

    __tablename__ = "inbox"

    outcome: Mapped[str]


class OutboxRow(QueueRow):
    """A post that waits, or where it went. `maybe_sent`: an earlier try may have got through."""

    __tablename__ = "outbox"

    update_of: Mapped[str]
    in_thread_of: Mapped[str]
    anchors: Mapped[int | None]
    maybe_sent: Mapped[bool]
    first_tried_at: Mapped[datetime | None]
    conversation: Mapped[str]
    thread: Mapped[str]
    message: Mapped[str]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """As any queue, and the waiting updates of one message are found by its key."""
        return (
            *queue_constraints(cls.__tablename__),
            partial_index("ix_outbox_update_of", "workspace", "update_of", where=UNFINISHED),
            partial_index("ix_outbox_in_thread_of", "workspace", "in_thread_of", where=UNFINISHED),
            {"sqlite_autoincrement": True},
        )
