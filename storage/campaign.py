"""Sites, capacities and answers on campaigns in the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.domain.capacity import Capacity
from bot.domain.readiness import Readiness
from bot.domain.sites import KnownSite
from storage.sql import insert_into
from storage.tables_campaign import CapacityRow, ReadinessRow, SiteRow

_SITE = (
    "host", "usual_visits_per_min", "headroom", "session_s", "pages_per_visit", "dynamic_requests_per_page",
)  # fmt: skip
_CAPACITY = ("site", "requests_per_s", "sessions", "measured_on", "by", "how", "expires_on")
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
