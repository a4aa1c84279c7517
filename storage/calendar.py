"""The campaign calendar in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.planned import Planned, PlannedKind
from storage.sql import insert_into
from storage.tables_calendar import PlannedRow

_AT_ONCE = 500  # entries a statement; databases limit how many values one may carry
_ALIKE = ("key", "name", "is_day", "site", "owner", "grants", "tool", "note", "series")


class SqlPlans:
    """Implements bot.ports.Plans within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, workspace: str, *planned: Planned) -> None:
        """Store entries, each in place of the one of the same key."""
        rows = list({one.key: {"workspace": workspace, **_values(one)} for one in planned}.values())
        for start in range(0, len(rows), _AT_ONCE):
            statement = insert_into(self._session, PlannedRow)
            fresh = {name: statement.excluded[name] for name in rows[0] if name not in {"workspace", "key"}}
            upsert = statement.on_conflict_do_update(index_elements=["workspace", "key"], set_=fresh)
            self._session.execute(upsert, rows[start : start + _AT_ONCE])

    def remove(self, workspace: str, *keys: str) -> None:
        """Take entries out; nothing happens for a key that is not there."""
        for start in range(0, len(keys), _AT_ONCE):
            mine = (PlannedRow.workspace == workspace, PlannedRow.key.in_(keys[start : start + _AT_ONCE]))
            self._session.execute(delete(PlannedRow).where(*mine))

    def get(self, workspace: str, key: str) -> Planned | None:
        """One entry, locked until the transaction ends."""
        wanted = select(PlannedRow).where(PlannedRow.workspace == workspace, PlannedRow.key == key)
        row = self._session.scalars(wanted.with_for_update()).one_or_none()
        return None if row is None else _planned_from(row)

    def between(self, workspace: str, since: datetime, until: datetime) -> Sequence[Planned]:
        """The entries that are on at some time from `since` to before `until`, by start and key."""
        on = (PlannedRow.ends_at > since, PlannedRow.starts_at < until)
        wanted = select(PlannedRow).where(PlannedRow.workspace == workspace, *on)
        return [
            _planned_from(row) for row in self._session.scalars(wanted.order_by(PlannedRow.starts_at, PlannedRow.key))
        ]

    def workspaces(self, ending_after: datetime) -> Sequence[str]:
        """The workspaces that have an entry which ends after a time."""
        wanted = select(PlannedRow.workspace).where(PlannedRow.ends_at > ending_after).distinct()
        return self._session.scalars(wanted.order_by(PlannedRow.workspace)).all()


def _values(one: Planned) -> dict[str, Any]:
    times = {"kind": one.kind.value, "starts_at": one.start, "ends_at": one.end}
    return {name: getattr(one, name) for name in _ALIKE} | times


def _planned_from(row: PlannedRow) -> Planned:
    alike = {name: getattr(row, name) for name in _ALIKE}
    return Planned(kind=PlannedKind(row.kind), start=row.starts_at, end=row.ends_at, **alike)
