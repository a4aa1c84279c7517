"""The catalogue of tools in the database: a row for each tool, and one for each name it is known under."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.domain.catalogue import Decided, Tool, ToolStatus, misspelling, slips, spellings, topic
from bot.domain.money import Money
from bot.ports import ToolFilter
from storage.sql import insert_into
from storage.tables_catalogue import CatalogueNameRow, CatalogueRow

_AT_ONCE = 500  # tools a statement; databases limit how many values one may carry
_ALIKE = ("name", "category", "website", "owner", "seats", "renews_on", "notice_days", "trial_until", "note")


class SqlCatalogue:
    """Implements bot.ports.Catalogue within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, workspace: str, *tools: Tool) -> None:
        """Store tools, each in place of the one of the same name."""
        by_key = {topic(tool.name): tool for tool in tools}
        for some in _batches(by_key, _AT_ONCE):
            rows = [{"workspace": workspace, "tool": key, **_values(by_key[key])} for key in some]
            statement = insert_into(self._session, CatalogueRow)
            fresh = {name: statement.excluded[name] for name in rows[0] if name not in {"workspace", "tool"}}
            self._session.execute(
                statement.on_conflict_do_update(index_elements=["workspace", "tool"], set_=fresh), rows
            )
            self._session.execute(delete(CatalogueNameRow).where(*_mine(CatalogueNameRow, workspace, some)))
            names = [row for key in some for row in _names(workspace, key, by_key[key])]
            self._session.execute(insert(CatalogueNameRow), names)

    def remove(self, workspace: str, name: str) -> None:
        """Take the tool of this topic out; nothing happens if there is none."""
        for row in (CatalogueNameRow, CatalogueRow):
            self._session.execute(delete(row).where(*_mine(row, workspace, [name])))

    def like(self, workspace: str, name: str) -> Sequence[Tool]:
        """The tools that a topic may mean: those known under it, else those of which it may be a misspelling."""
        names = select(CatalogueNameRow.name, CatalogueNameRow.tool).where(CatalogueNameRow.workspace == workspace)
        exact = self._session.execute(names.where(CatalogueNameRow.name == name)).all()
        reach = slips(len(name))
        if exact or not reach:
            return self._of(workspace, {row.tool for row in exact})
        alike = names.where(CatalogueNameRow.initial == name[:1])
        near = alike.where(CatalogueNameRow.length.between(len(name) - reach, len(name) + reach))
        found = self._session.execute(near)
        return self._of(workspace, {row.tool for row in found if misspelling(name, row.name) is not None})

    def search(self, workspace: str, wanted: ToolFilter) -> Sequence[Tool]:
        """Tools, by category and name."""
        found = select(CatalogueRow).where(CatalogueRow.workspace == workspace)
        if wanted.category:
            found = found.where(CatalogueRow.category == wanted.category)
        if wanted.statuses:
            found = found.where(CatalogueRow.status.in_([status.value for status in wanted.statuses]))
        if wanted.renews_until is not None:
            found = found.where(CatalogueRow.renews_on <= wanted.renews_until)
        page = found.order_by(CatalogueRow.category, CatalogueRow.tool).limit(wanted.limit).offset(wanted.offset)
        return [_tool_from(row) for row in self._session.scalars(page)]

    def workspaces(self) -> Sequence[str]:
        """The workspaces that have a catalogue."""
        return self._session.scalars(select(CatalogueRow.workspace).distinct().order_by(CatalogueRow.workspace)).all()

    def _of(self, workspace: str, keys: Collection[str]) -> Sequence[Tool]:
        if not keys:
            return []
        wanted = select(CatalogueRow).where(CatalogueRow.workspace == workspace, CatalogueRow.tool.in_(keys))
        return [_tool_from(row) for row in self._session.scalars(wanted.order_by(CatalogueRow.tool))]


def _batches(keys: Iterable[str], size: int) -> Iterator[Sequence[str]]:
    every = list(keys)
    for start in range(0, len(every), size):
        yield every[start : start + size]


def _mine(row: type[CatalogueRow | CatalogueNameRow], workspace: str, keys: Sequence[str]) -> tuple[Any, ...]:
    return row.workspace == workspace, row.tool.in_(keys)


def _names(workspace: str, key: str, tool: Tool) -> Iterable[dict[str, object]]:
    for name in sorted(spellings(tool)):
        yield {"workspace": workspace, "name": name, "tool": key, "initial": name[:1], "length": len(name)}


def _values(tool: Tool) -> dict[str, Any]:
    decided = tool.decided
    return {name: getattr(tool, name) for name in _ALIKE} | {
        "aliases": list(tool.aliases),
        "status": tool.status.value,
        "yearly": tool.yearly.amount if tool.yearly else None,
        "currency": tool.yearly.currency if tool.yearly else "",
        "decided_at": decided.at if decided else None,
        "decided_by": decided.by if decided else "",
        "decided_under": decided.version if decided else "",
    }


def _tool_from(row: CatalogueRow) -> Tool:
    return Tool(
        **{name: getattr(row, name) for name in _ALIKE},
        aliases=tuple(row.aliases),
        status=ToolStatus(row.status),
        yearly=Money(row.yearly, row.currency) if row.yearly is not None else None,
        decided=Decided(row.decided_at, row.decided_by, row.decided_under) if row.decided_at else None,
    )
