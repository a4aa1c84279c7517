"""The SLA clocks of tickets in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from bot.domain.sla import Clock
from storage.tables import ClockRow
from storage.unfolded import insert_many

CHANGED = ("state", "breached", "look_at", "stopped_at", "ledger")


class SqlClocks:
    """Implements bot.ports.Clocks within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, workspace: str, number: int) -> Sequence[Clock]:
        """All clocks of a ticket, by kind and cycle."""
        wanted = select(ClockRow).where(ClockRow.workspace == workspace, ClockRow.number == number)
        rows = self._session.scalars(wanted.order_by(ClockRow.kind, ClockRow.cycle))
        return [Clock.from_dict(row.ledger) for row in rows]

    def save(self, workspace: str, number: int, clocks: Iterable[Clock], look_at: Sequence[datetime | None]) -> None:
        """Store clocks (by kind and cycle) with their next look, None for never; ValueError if one lacks its look."""
        mine = {"workspace": workspace, "number": number}
        rows = [mine | clock_values(clock, look) for clock, look in zip(clocks, look_at, strict=True)]
        insert_many(self._session, ClockRow, rows, CHANGED)

    def open_after(self, workspace: str, number: int, limit: int) -> Sequence[int]:
        """The next tickets with an open clock, by number."""
        mine = (ClockRow.workspace == workspace, ClockRow.number > number, ClockRow.state == literal_column("'open'"))
        wanted = select(ClockRow.number).where(*mine).distinct().order_by(ClockRow.number).limit(limit)
        return self._session.scalars(wanted).all()

    def alive(self, workspace: str, since: datetime) -> Sequence[tuple[int, Clock]]:
        """Clocks that are open, or were met or cancelled at or after a time, by ticket, kind and cycle."""
        alive = (ClockRow.state == "open") | (ClockRow.stopped_at >= since)
        wanted = select(ClockRow.number, ClockRow.ledger).where(ClockRow.workspace == workspace, alive)
        order = (ClockRow.number, ClockRow.kind, ClockRow.cycle)
        return [(number, Clock.from_dict(ledger)) for number, ledger in self._session.execute(wanted.order_by(*order))]


def clock_values(clock: Clock, look: datetime | None) -> dict[str, Any]:
    """The columns of a clock's row, but those of its ticket."""
    return {
        "kind": str(clock.kind),
        "cycle": clock.cycle,
        "state": "open" if clock.is_open else "closed",
        "breached": clock.is_breached,
        "look_at": look,
        "stopped_at": clock.stopped_at,
        "ledger": clock.to_dict(),
    }
