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
