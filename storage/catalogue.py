"""The catalogue of tools in the database: a row for each tool, and one for each name it is known under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.domain.catalogue import Tool, ToolStatus, spellings, topic
from storage.sql import insert_into
from storage.tables_catalogue import CatalogueNameRow, CatalogueRow

_SLIPS = 2  # letters more or less that a misspelling may have


class SqlCatalogue:
    """Implements bot.ports.Catalogue within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, workspace: str, tool: Tool) -> None:
        """Store a tool, in place of the one of the same name."""
        key = topic(tool.name)
        values = {
            "name": tool.name,
            "category": tool.category,
            "website": tool.website,
            "aliases": list(tool.aliases),
            "status": tool.status.value,
            "owner": tool.owner,
        }
        statement = insert_into(self._session, CatalogueRow).values(workspace=workspace, tool=key, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["workspace", "tool"], set_=values))
        mine = (CatalogueNameRow.workspace == workspace, CatalogueNameRow.tool == key)
        self._session.execute(delete(CatalogueNameRow).where(*mine))
        self._session.execute(insert(CatalogueNameRow), list(_names(workspace, key, tool)))

    def like(self, workspace: str, name: str) -> Sequence[Tool]:
        """The tools that a topic may mean: known under one with the same first letter and about as long."""
        near = (
            select(CatalogueNameRow.tool)
            .where(CatalogueNameRow.workspace == workspace, CatalogueNameRow.initial == name[:1])
            .where(CatalogueNameRow.length.between(len(name) - _SLIPS, len(name) + _SLIPS))
        )
        wanted = select(CatalogueRow).where(CatalogueRow.workspace == workspace, CatalogueRow.tool.in_(near))
        return [_tool_from(row) for row in self._session.scalars(wanted.order_by(CatalogueRow.tool))]

    def of_category(self, workspace: str, category: str) -> Sequence[Tool]:
        """The tools of a category, by name."""
        wanted = select(CatalogueRow).where(CatalogueRow.workspace == workspace, CatalogueRow.category == category)
        return [_tool_from(row) for row in self._session.scalars(wanted.order_by(CatalogueRow.tool))]


def _names(workspace: str, key: str, tool: Tool) -> Iterable[dict[str, object]]:
    for name in sorted(spellings(tool)):
        yield {"workspace": workspace, "name": name, "tool": key, "initial": name[:1], "length": len(name)}


def _tool_from(row: CatalogueRow) -> Tool:
    return Tool(row.name, row.category, row.website, tuple(row.aliases), ToolStatus(row.status), row.owner)
