"""The campaign calendar in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from bot.domain.exemption import Exemption, Standing
from bot.domain.feed import Feed
from bot.domain.planned import Planned, PlannedKind
from storage.sql import insert_into
from storage.tables_calendar import ExemptionRow, FeedRow, PlannedRow

_AT_ONCE = 500  # entries a statement; databases limit how many values one may carry
_EXEMPTION = (
    "workspace", "number", "freeze", "name", "window", "granter", "asked_at", "post", "by", "at", "reason",
)  # fmt: skip
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


class SqlExemptions:
    """Implements bot.ports.Exemptions within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, exemption: Exemption) -> None:
        """Store one, in place of the last of the same ticket and freeze. To be called with the ticket locked."""
        values = {name: getattr(exemption, name) for name in _EXEMPTION} | {"standing": exemption.standing.value}
        key = ["workspace", "number", "freeze"]
        fresh = {name: value for name, value in values.items() if name not in key}
        statement = insert_into(self._session, ExemptionRow).values(values)
        self._session.execute(statement.on_conflict_do_update(index_elements=key, set_=fresh))

    def get(self, workspace: str, number: int, freeze: str) -> Exemption | None:
        """The one of a ticket and a freeze."""
        mine = (ExemptionRow.workspace == workspace, ExemptionRow.number == number, ExemptionRow.freeze == freeze)
        row = self._session.scalars(select(ExemptionRow).where(*mine)).one_or_none()
        return None if row is None else _exemption_from(row)

    def of(self, workspace: str) -> Sequence[Exemption]:
        """All of a workspace, by ticket and freeze."""
        wanted = select(ExemptionRow).where(ExemptionRow.workspace == workspace)
        ordered = wanted.order_by(ExemptionRow.number, ExemptionRow.freeze)
        return [_exemption_from(row) for row in self._session.scalars(ordered)]


class SqlFeeds:
    """Implements bot.ports.Feeds within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, feed: Feed) -> None:
        """Store a link, in place of that person's last."""
        fresh = {"digest": feed.digest, "made_at": feed.made_at}
        statement = insert_into(self._session, FeedRow).values(workspace=feed.workspace, person=feed.person, **fresh)
        self._session.execute(statement.on_conflict_do_update(index_elements=["workspace", "person"], set_=fresh))

    def remove(self, workspace: str, person: str) -> bool:
        """Take back somebody's link. False if there was none."""
        mine = delete(FeedRow).where(FeedRow.workspace == workspace, FeedRow.person == person)
        return self._session.execute(mine.returning(FeedRow.person)).first() is not None

    def of(self, workspace: str, person: str) -> Feed | None:
        """Somebody's link."""
        return self._one(FeedRow.workspace == workspace, FeedRow.person == person)

    def find(self, digest: str) -> Feed | None:
        """The link of this digest, in whichever workspace."""
        return self._one(FeedRow.digest == digest)

    def people(self, workspace: str) -> Sequence[str]:
        """Who has a link."""
        wanted = select(FeedRow.person).where(FeedRow.workspace == workspace).order_by(FeedRow.person)
        return list(self._session.scalars(wanted))

    def _one(self, *where: ColumnElement[bool]) -> Feed | None:
        row = self._session.scalars(select(FeedRow).where(*where)).one_or_none()
        return None if row is None else Feed(row.workspace, row.person, row.digest, row.made_at)


def _exemption_from(row: ExemptionRow) -> Exemption:
    alike = {name: getattr(row, name) for name in _EXEMPTION}
    return Exemption(**alike, standing=Standing(row.standing))


def _values(one: Planned) -> dict[str, Any]:
    times = {"kind": one.kind.value, "starts_at": one.start, "ends_at": one.end}
    return {name: getattr(one, name) for name in _ALIKE} | times


def _planned_from(row: PlannedRow) -> Planned:
    alike = {name: getattr(row, name) for name in _ALIKE}
    return Planned(kind=PlannedKind(row.kind), start=row.starts_at, end=row.ends_at, **alike)
