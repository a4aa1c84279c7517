"""The tables of knowledge: articles, and the passages they are found by."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId
from storage.tables import Base


class ArticleRow(Base):
    """One article of a workspace, by the key of its title."""

    __tablename__ = "article"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    owner: Mapped[str]
    updated: Mapped[date]
    audience: Mapped[str]
    lang: Mapped[str]
    review_on: Mapped[date | None]
    file: Mapped[str]


class PassageRow(Base):
    """One passage: as it is quoted, its words in their common form, its vector (16-bit floats, little endian).

    An id is never used twice, and a row never changes: what was read of one stays right until it is gone.
    The words are also in a full-text index `passage_text` that the migrations make, on each database in its own way.
    """

    __tablename__ = "passage"
    __table_args__ = (
        Index("ix_passage_workspace", "workspace", "id"),
        Index("ix_passage_article", "workspace", "article"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    article: Mapped[str]
    audience: Mapped[str]
    place: Mapped[str]
    text: Mapped[str]
    words: Mapped[str]
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)


class PassageCountRow(Base):
    """How many passages of an audience a word stands in; of the empty word: how many passages there are."""

    __tablename__ = "passage_count"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    passages: Mapped[int]


class KnowledgeVersionRow(Base):
    """A number that grows whenever a workspace's passages change."""

    __tablename__ = "knowledge_version"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]


class EnquiryRow(Base):
    """A question that was put, and what became of it; not who asked, nor what."""

    __tablename__ = "enquiry"
    __table_args__ = (Index("ix_enquiry_workspace_at", "workspace", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    conversation: Mapped[str]
    at: Mapped[datetime]
    article: Mapped[str]
    number: Mapped[int | None]
    verdict: Mapped[str]


class SealRow(Base):
    """Who stands behind a token, sealed; the row goes when the ticket closes."""

    __tablename__ = "seal"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    ticket_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
