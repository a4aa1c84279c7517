"""The tables of reviews: policies, reviews, costs, projects, sign-offs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId
from storage.tables import Base


class PolicyRow(Base):
    """One edition of a workspace's policy."""

    __tablename__ = "policy"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    policy: Mapped[dict[str, Any]]
    in_force_at: Mapped[datetime | None]


class ReviewRow(Base):
    """One version of a ticket's review."""

    __tablename__ = "review"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by: Mapped[str]
    at: Mapped[datetime]
    policy: Mapped[int]
    review: Mapped[dict[str, Any]]


class CostRow(Base):
    """One version of what a ticket's tool really costs."""

    __tablename__ = "cost"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by: Mapped[str]
    at: Mapped[datetime]
    sheet: Mapped[dict[str, Any]]


class ProjectRow(Base):
    """What goes on around the tool of a ticket."""

    __tablename__ = "project"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    project: Mapped[dict[str, Any]]


class SignOffRow(Base):
    """A yes or no that was asked of somebody on one version of a thing; `said` is NULL until they answer."""

    __tablename__ = "sign_off"
    __table_args__ = (UniqueConstraint("workspace", "subject", "version", "role", name="uq_sign_off_role"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    subject: Mapped[str]
    version: Mapped[int]
    role: Mapped[str]
    person: Mapped[str]
    asked_at: Mapped[datetime]
    said: Mapped[dict[str, Any] | None]
