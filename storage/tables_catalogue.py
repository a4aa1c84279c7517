"""The tables of the catalogue: the tools a company has, and the names they are known under."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Exact
from storage.tables import Base, partial_index


class CatalogueRow(Base):
    """One tool of a workspace; `tool` is the topic of its name, which tells tools apart."""

    __tablename__ = "catalogue"
    __table_args__ = (
        Index("ix_catalogue_category", "workspace", "category", "tool"),
        Index("ix_catalogue_status", "workspace", "status", "category", "tool"),
        partial_index("ix_catalogue_renews", "workspace", "renews_on", where=text("renews_on IS NOT NULL")),
    )

    workspace: Mapped[str] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    category: Mapped[str]
    website: Mapped[str]
    aliases: Mapped[list[str]]
    status: Mapped[str]
    owner: Mapped[str]
    yearly: Mapped[Decimal | None] = mapped_column(Exact())
    currency: Mapped[str]
    seats: Mapped[int | None]
    renews_on: Mapped[date | None]
    notice_days: Mapped[int]
    trial_until: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    decided_under: Mapped[str]
    note: Mapped[str]


class CatalogueNameRow(Base):
    """One topic a tool is known under: its name, an alias, its domain; with what a misspelling is looked up by."""

    __tablename__ = "catalogue_name"
    __table_args__ = (
        Index("ix_catalogue_name_shape", "workspace", "initial", "length", "tool"),
        Index("ix_catalogue_name_tool", "workspace", "tool"),
    )

    workspace: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(primary_key=True)
    initial: Mapped[str]
    length: Mapped[int]
