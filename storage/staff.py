"""Skills and absences in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bot.domain.absence import Absence, Source
from storage.sql import insert_into
from storage.tables import IS_OPEN, TicketRow
from storage.tables_staff import AbsenceRow, SkillRow
from storage.tickets import SqlTickets

_KEY = ("workspace", "person", "source")


class SqlSkills:
    """Implements bot.ports.Skills within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, workspace: str) -> Mapping[str, tuple[str, ...]]:
        """The skills of each person who has any."""
        wanted = select(SkillRow).where(SkillRow.workspace == workspace).order_by(SkillRow.person, SkillRow.position)
        found: dict[str, tuple[str, ...]] = {}
        for row in self._session.scalars(wanted):
            found[row.person] = (*found.get(row.person, ()), row.skill)
        return found

    def learn(self, workspace: str, person: str, skills: Sequence[str]) -> None:
        """From now on a person looks after exactly this."""
        SqlTickets(self._session).lock_intake(workspace)  # two who say it at once do it one after the other
        self._session.execute(delete(SkillRow).where(SkillRow.workspace == workspace, SkillRow.person == person))
        rows = [
            {"workspace": workspace, "person": person, "skill": skill, "position": position}
            for position, skill in enumerate(dict.fromkeys(skills))
        ]
        if rows:
            self._session.execute(insert(SkillRow), rows)

    def loads(self, workspace: str) -> Mapping[str, int]:
        """How many open tickets each liaison has; who has none is left out."""
        counted = select(TicketRow.liaison, func.count()).where(
            TicketRow.workspace == workspace, IS_OPEN, TicketRow.liaison != ""
        )
        return {row[0]: row[1] for row in self._session.execute(counted.group_by(TicketRow.liaison))}


class SqlAbsences:
    """Implements bot.ports.Absences within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, workspace: str) -> Sequence[Absence]:
        """All absences that are planned or on, by person and source."""
        wanted = select(AbsenceRow).where(AbsenceRow.workspace == workspace)
        ordered = wanted.order_by(AbsenceRow.person, AbsenceRow.source)
        return [_absence_from(row) for row in self._session.scalars(ordered)]

    def save(self, absence: Absence) -> None:
        """Store an absence; a person has one of each source."""
        values = asdict(absence)
        changed = {name: value for name, value in values.items() if name not in _KEY}
        statement = insert_into(self._session, AbsenceRow).values(values)
        self._session.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=changed))

    def drop(self, absence: Absence) -> None:
        """It is over, or was not meant."""
        self._session.execute(
            delete(AbsenceRow).where(
                AbsenceRow.workspace == absence.workspace,
                AbsenceRow.person == absence.person,
                AbsenceRow.source == absence.source,
            )
        )

    def due(self, now: datetime, limit: int) -> Sequence[Absence]:
        """Absences to be looked at, locked until the transaction ends; those another one holds are left to it."""
        wanted = select(AbsenceRow).where(AbsenceRow.look_at <= now).order_by(AbsenceRow.look_at, AbsenceRow.person)
        locked = wanted.limit(limit).with_for_update(skip_locked=True)
        return [_absence_from(row) for row in self._session.scalars(locked)]


def _absence_from(row: AbsenceRow) -> Absence:
    alike = {field.name: getattr(row, field.name) for field in fields(Absence)}
    return Absence(**(alike | {"source": Source(row.source)}))
