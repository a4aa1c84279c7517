"""The tables of campaigns: sites, what they were measured to take, and the answers on tickets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import BigId
from storage.tables import Base


class SiteRow(Base):
    """One site of a workspace, by its host."""

    __tablename__ = "site"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(primary_key=True)
    aliases: Mapped[list[str]]
    usual_visits_per_min: Mapped[float]
    headroom: Mapped[float]
    session_s: Mapped[float]
    pages_per_visit: Mapped[float]
    dynamic_requests_per_page: Mapped[float]


class CapacityRow(Base):
    """One record of what a site takes: in requests a second, or in sessions at once."""

    __tablename__ = "capacity"
    __table_args__ = (Index("ix_capacity_workspace", "workspace", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace: Mapped[str]
    site: Mapped[str]
    requests_per_s: Mapped[float | None]
    sessions: Mapped[float | None]
    measured_on: Mapped[date]
    by: Mapped[str]
    how: Mapped[str]
    expires_on: Mapped[date]


class LimitRow(Base):
    """What one system takes at most. `key`: its name in small letters."""

    __tablename__ = "system_limit"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    system: Mapped[str]
    most: Mapped[float]
    unit: Mapped[str]
    words: Mapped[list[str]]
    cannot: Mapped[list[str]]
    owner: Mapped[str]
    beyond: Mapped[str]
    told_by: Mapped[str]
    told_on: Mapped[date]


class ReadinessRow(Base):
    """The answer on one campaign's ticket."""

    __tablename__ = "readiness"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    readiness: Mapped[dict[str, Any]]
