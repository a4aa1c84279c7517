"""The tables of the catalogue: the tools a company has, and the names they are known under."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base


class CatalogueRow(Base):
    """One tool of a workspace; `tool` is the topic of its name, which tells tools apart."""

    __tablename__ = "catalogue"
    __table_args__ = (Index("ix_catalogue_category", "workspace", "category", "tool"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    category: Mapped[str]
    website: Mapped[str]
    aliases: Mapped[list[str]]
    status: Mapped[str]
    owner: Mapped[str]


class CatalogueNameRow(Base):
    """One topic a tool is known under: its name, an alias, its domain; with what a misspelling is looked up by."""

    __tablename__ = "catalogue_name"
    __table_args__ = (Index("ix_catalogue_name_shape", "workspace", "initial", "length", "tool"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(primary_key=True)
    initial: Mapped[str]
    length: Mapped[int]
