"""The tables of the campaign calendar: what is planned beside the tickets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base


class PlannedRow(Base):
    """One entry of a workspace's calendar."""

    __tablename__ = "planned"
    __table_args__ = (Index("ix_planned_ends", "workspace", "ends_at", "starts_at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_day: Mapped[bool]
    site: Mapped[str]
    owner: Mapped[str]
    grants: Mapped[str]
    tool: Mapped[str]
    note: Mapped[str]
    series: Mapped[str]


class ExemptionRow(Base):
    """The exception of one campaign from one freeze."""

    __tablename__ = "exemption"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    freeze: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    window: Mapped[str]
    granter: Mapped[str]
    asked_at: Mapped[datetime]
    post: Mapped[str]
    standing: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime | None]
    reason: Mapped[str]


class FeedRow(Base):
    """The secret link of one person; of its token only the digest."""

    __tablename__ = "feed"
    __table_args__ = (Index("ix_feed_digest", "digest", unique=True),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    made_at: Mapped[datetime]
