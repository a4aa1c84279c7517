"""The tables of due diligence: answers and own questions, in versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId
from storage.tables import Base, of_a_ticket


class AnswerRow(Base):
    """One version of an answer to a question about a ticket's tool."""

    __tablename__ = "answer"
    __table_args__ = (
        of_a_ticket(),
        UniqueConstraint("workspace", "number", "question", "version", name="uq_answer_version"),
        Index("ix_answer_vendor", "workspace", "vendor"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    number: Mapped[int]
    question: Mapped[str]
    version: Mapped[int]
    vendor: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    answer: Mapped[dict[str, Any]]


class OwnQuestionRow(Base):
    """One version of a workspace's own question."""

    __tablename__ = "own_question"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question: Mapped[dict[str, Any]]
    is_asked: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime]
