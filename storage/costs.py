"""What tools really cost, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.cost_sheet import CostSheet
from bot.domain.errors import Conflict
from storage.reviews import CHANGED, FRESH
from storage.sql import insert_into
from storage.tables_review import CostRow


class SqlCosts:
    """Implements bot.ports.Costs within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, sheet: CostSheet) -> None:
        """Store a version. Raises Conflict if somebody else added it."""
        plain = {name: getattr(sheet, name) for name in ("workspace", "number", "version", "by", "at")}
        row = insert_into(self._session, CostRow).values(plain | {"sheet": _sheets().dump_python(sheet, mode="json")})
        added = self._session.execute(row.on_conflict_do_nothing().returning(CostRow.version))
        if added.first() is None:
            raise Conflict(CHANGED)

    def of(self, workspace: str, number: int) -> Sequence[CostSheet]:
        """All versions of a ticket's cost, oldest first."""
        wanted = select(CostRow).where(CostRow.workspace == workspace, CostRow.number == number)
        rows = self._session.scalars(wanted.order_by(CostRow.version), execution_options=FRESH)
        return [_sheets().validate_python(row.sheet) for row in rows]


# Built on first use: importing does nothing.
@cache
def _sheets() -> TypeAdapter[CostSheet]:
    return TypeAdapter(CostSheet)
