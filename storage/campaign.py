"""Sites, capacities and answers on campaigns in the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.domain.capacity import Capacity
from bot.domain.limits import Limit
from bot.domain.readiness import Readiness
from bot.domain.sites import KnownSite
from storage.sql import insert_into
from storage.tables_campaign import CapacityRow, LimitRow, ReadinessRow, SiteRow

_SITE = (
    "host", "usual_visits_per_min", "headroom", "session_s", "pages_per_visit", "dynamic_requests_per_page",
)  # fmt: skip
_CAPACITY = ("site", "requests_per_s", "sessions", "measured_on", "by", "how", "expires_on")
_LIMIT = ("system", "most", "unit", "owner", "beyond", "told_by", "told_on")
_LISTS = ("words", "cannot")
FRESH = {"populate_existing": True}


class SqlSites:
    """Implements bot.ports.Sites within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, workspace: str, site: KnownSite) -> None:
        """Store a site, in place of the one of the same host."""
        values = {name: getattr(site, name) for name in _SITE} | {"aliases": list(site.aliases)}
        row = insert_into(self._session, SiteRow).values(workspace=workspace, **values)
        fresh = {name: row.excluded[name] for name in values if name != "host"}
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace", "host"], set_=fresh))

    def of(self, workspace: str) -> Sequence[KnownSite]:
        """The sites of a workspace, by host."""
        wanted = select(SiteRow).where(SiteRow.workspace == workspace).order_by(SiteRow.host)
        rows = self._session.scalars(wanted, execution_options=FRESH)
        return [KnownSite(**{name: getattr(row, name) for name in _SITE}, aliases=tuple(row.aliases)) for row in rows]

    def measure(self, workspace: str, capacity: Capacity) -> None:
        """Keep a record; earlier ones stay."""
        values = {name: getattr(capacity, name) for name in _CAPACITY}
        self._session.execute(insert(CapacityRow).values(workspace=workspace, **values))

    def measured(self, workspace: str) -> Sequence[Capacity]:
        """The records of a workspace, oldest first."""
        wanted = select(CapacityRow).where(CapacityRow.workspace == workspace).order_by(CapacityRow.id)
        return [Capacity(**{name: getattr(row, name) for name in _CAPACITY}) for row in self._session.scalars(wanted)]


class SqlLimits:
    """Implements bot.ports.Limits within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def tell(self, workspace: str, limit: Limit) -> None:
        """Store what a system takes, in place of what was told of it before."""
        key = {"workspace": workspace, "key": limit.system.casefold()}
        values: dict[str, Any] = {name: getattr(limit, name) for name in _LIMIT}
        values |= {name: list(getattr(limit, name)) for name in _LISTS}
        row = insert_into(self._session, LimitRow).values(**key, **values)
        fresh = {name: row.excluded[name] for name in values}
        self._session.execute(row.on_conflict_do_update(index_elements=list(key), set_=fresh))

    def of(self, workspace: str) -> Sequence[Limit]:
        """The limits of a workspace, by system."""
        wanted = select(LimitRow).where(LimitRow.workspace == workspace).order_by(LimitRow.key)
        rows = self._session.scalars(wanted, execution_options=FRESH)
        return [_limit(row) for row in rows]

    def forget(self, workspace: str, system: str) -> bool:
        """Nothing is known of a system any more. False if nothing was."""
        mine = (LimitRow.workspace == workspace, LimitRow.key == system.casefold())
        return self._session.execute(delete(LimitRow).where(*mine).returning(LimitRow.key)).first() is not None


class SqlReadinesses:
    """Implements bot.ports.Readinesses within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, readiness: Readiness) -> None:
        """Store an answer, in place of the ticket's last."""
        key = {"workspace": readiness.workspace, "number": readiness.number}
        values = {"at": readiness.weighed_at, "readiness": _answers().dump_python(readiness, mode="json")}
        row = insert_into(self._session, ReadinessRow).values(**key, **values)
        fresh = {name: row.excluded[name] for name in values}
        self._session.execute(row.on_conflict_do_update(index_elements=list(key), set_=fresh))

    def get(self, workspace: str, number: int) -> Readiness | None:
        """The answer on a ticket."""
        mine = (ReadinessRow.workspace == workspace, ReadinessRow.number == number)
        row = self._session.scalars(select(ReadinessRow).where(*mine), execution_options=FRESH).first()
        return _answers().validate_python(row.readiness) if row else None

    def of(self, workspace: str) -> Sequence[Readiness]:
        """All answers of a workspace, by ticket."""
        wanted = select(ReadinessRow).where(ReadinessRow.workspace == workspace).order_by(ReadinessRow.number)
        rows = self._session.scalars(wanted, execution_options=FRESH)
        return [_answers().validate_python(row.readiness) for row in rows]


# Built on first use: importing does nothing.
@cache
def _answers() -> TypeAdapter[Readiness]:
    return TypeAdapter(Readiness)


def _limit(row: LimitRow) -> Limit:
    plain = {name: getattr(row, name) for name in _LIMIT}
    return Limit(**plain, words=tuple(row.words), cannot=tuple(row.cannot))
