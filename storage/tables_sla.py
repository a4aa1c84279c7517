"""The tables of what was agreed for the clocks, and of what is to be counted anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base


class TargetsRow(Base):
    """One edition of a workspace's targets."""

    __tablename__ = "targets"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    targets: Mapped[dict[str, Any]]


class CalendarRow(Base):
    """One edition of the working hours of a workspace, a channel or a person, holidays included."""

    __tablename__ = "calendar"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    region: Mapped[str]
    calendar: Mapped[dict[str, Any]]


class RecountRow(Base):
    """The open clocks of a workspace that are to be counted anew: those of tickets after a number."""

    __tablename__ = "recount"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    after: Mapped[int] = mapped_column(Integer)
    why: Mapped[str]
