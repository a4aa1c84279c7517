"""What tools really cost, and the projects around them, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.cost_sheet import CostSheet
from bot.domain.errors import Conflict
from bot.domain.project import Project
from storage.reviews import CHANGED, FRESH
from storage.sql import insert_into
from storage.tables_review import CostRow, ProjectRow


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


class SqlProjects:
    """Implements bot.ports.Projects within one transaction. Who changes one holds its ticket."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, workspace: str, number: int) -> Project:
        """A ticket's project, an empty one where nothing is known."""
        wanted = select(ProjectRow).where(ProjectRow.workspace == workspace, ProjectRow.number == number)
        row = self._session.scalars(wanted, execution_options=FRESH).first()
        return _projects().validate_python(row.project) if row else Project(workspace, number)

    def save(self, project: Project) -> None:
        """Store a project."""
        kept = _projects().dump_python(project, mode="json")
        row = insert_into(self._session, ProjectRow).values(
            {"workspace": project.workspace, "number": project.number, "project": kept}
        )
        stored = row.on_conflict_do_update(index_elements=["workspace", "number"], set_={"project": kept})
        self._session.execute(stored)


# Built on first use: importing does nothing.
@cache
def _sheets() -> TypeAdapter[CostSheet]:
    return TypeAdapter(CostSheet)


@cache
def _projects() -> TypeAdapter[Project]:
    return TypeAdapter(Project)
