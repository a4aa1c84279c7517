"""Escalations in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from bot.domain.escalation import Escalation, Patience, Reason
from bot.domain.people import Side
from storage.sql import insert_into
from storage.tables_staff import EscalationRow, PatienceRow
from storage.unfolded import among_rows, insert_many, rows_text

_KEY = ("workspace", "number", "cause")
_NAMES = tuple(field.name for field in fields(Escalation))


class SqlEscalations:
    """Implements bot.ports.Escalations within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, workspace: str, number: int = 0) -> Sequence[Escalation]:
        """All escalations of a ticket, or all open ones of a workspace, oldest first."""
        wanted = select(EscalationRow).where(EscalationRow.workspace == workspace)
        wanted = wanted.where(EscalationRow.number == number if number else EscalationRow.ended_at.is_(None))
        order = (EscalationRow.asked_at, EscalationRow.number, EscalationRow.cause)
        return [_escalation_from(row) for row in self._session.scalars(wanted.order_by(*order))]

    def save(self, escalation: Escalation) -> None:
        """Store an escalation, by its ticket and cause."""
        save_escalations(self._session, [escalation])

    def due(self, now: datetime, limit: int) -> Sequence[Escalation]:
        """Open escalations to be looked at, the longest due first. Not locked: its ticket's lock keeps others out."""
        wanted = select(EscalationRow).where(EscalationRow.look_at <= now)
        order = (EscalationRow.look_at, EscalationRow.workspace, EscalationRow.number, EscalationRow.cause)
        return [_escalation_from(row) for row in self._session.scalars(wanted.order_by(*order).limit(limit))]

    def patience(self, workspace: str) -> Patience:
        """How long each level has to answer."""
        wanted = select(PatienceRow.first_h, PatienceRow.second_h).where(PatienceRow.workspace == workspace)
        row = self._session.execute(wanted).one_or_none()
        return Patience() if row is None else Patience(row.first_h, row.second_h)

    def be_patient(self, workspace: str, patience: Patience) -> None:
        """Change that."""
        values = asdict(patience)
        statement = insert_into(self._session, PatienceRow).values(values | {"workspace": workspace})
        self._session.execute(statement.on_conflict_do_update(index_elements=["workspace"], set_=values))


def save_escalations(session: Session, escalations: Sequence[Escalation]) -> None:
    """Store some escalations, by ticket and cause."""
    rows = [{name: getattr(one, name) for name in _NAMES} for one in escalations]
    insert_many(session, EscalationRow, rows, tuple(name for name in _NAMES if name not in _KEY))


def ladders_of(session: Session, tickets: Sequence[tuple[str, int]]) -> dict[tuple[str, int], list[Escalation]]:
    """All escalations of some tickets, oldest first."""
    of_these = among_rows(session, EscalationRow, "workspace", "number")
    these = (
        select(*EscalationRow.__table__.columns).where(of_these).order_by(EscalationRow.asked_at, EscalationRow.cause)
    )
    rows = {"rows": rows_text(tickets, "workspace", "number")}
    found: dict[tuple[str, int], list[Escalation]] = {}
    for row in session.execute(these, rows) if tickets else ():
        found.setdefault((row.workspace, row.number), []).append(_escalation_from(row))
    return found


def _escalation_from(row: EscalationRow | Row[Any]) -> Escalation:
    alike = {name: getattr(row, name) for name in _NAMES}
    return Escalation(**(alike | {"side": Side(row.side), "reason": Reason(row.reason)}))
