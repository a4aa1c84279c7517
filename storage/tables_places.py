"""The tables for platforms that keep nothing for us: conversations, people, messages sent, answers on their way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base


class PlaceRow(Base):
    """A conversation and how it is reached."""

    __tablename__ = "place"
    __table_args__ = (Index("ix_place_person", "workspace", "person"), Index("ix_place_team", "workspace", "team"))

    workspace: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    service_url: Mapped[str]
    name: Mapped[str]
    team: Mapped[str]
    person: Mapped[str]


class AcquaintanceRow(Base):
    """Somebody we met, and where."""

    __tablename__ = "acquaintance"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    zone: Mapped[str]


class SentMessageRow(Base):
    """The message that carries a key."""

    __tablename__ = "sent_message"
    __table_args__ = (Index("ix_sent_message_at", "at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str]
    message: Mapped[str]
    at: Mapped[datetime]


class AwaitedRow(Base):
    """An answer that is waited for; an empty one says that nobody waits any more."""

    __tablename__ = "awaited"
    __table_args__ = (Index("ix_awaited_at", "at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]
    at: Mapped[datetime]


class KeptFileRow(Base):
    """A picture or a file, behind a token."""

    __tablename__ = "kept_file"
    __table_args__ = (Index("ix_kept_file_at", "at"),)

    token: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]
