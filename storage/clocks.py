"""The SLA clocks of tickets in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, select, tuple_
from sqlalchemy.orm import Session

from bot.domain.sla import Clock
from storage.sql import insert_into
from storage.tables import ClockRow, TicketRow


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
        for clock, look in zip(clocks, look_at, strict=True):
            values = {"workspace": workspace, "number": number} | _clock_values(clock, look)
            statement = insert_into(self._session, ClockRow).values(values)
            key = {"workspace", "number", "kind", "cycle"}
            changed = {name: value for name, value in values.items() if name not in key}
            self._session.execute(statement.on_conflict_do_update(index_elements=sorted(key), set_=changed))

    def due(self, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Tickets with a clock to be looked at, the longest due first, locked until the transaction ends.

        Tickets that another unit of work holds are left to it.
        """
        waiting = (
            select(ClockRow.workspace, ClockRow.number, func.min(ClockRow.look_at).label("first"))
            .where(ClockRow.look_at <= now)
            .group_by(ClockRow.workspace, ClockRow.number)
            .subquery()
        )
        mine = (TicketRow.workspace == waiting.c.workspace) & (TicketRow.number == waiting.c.number)
        locked = self._session.execute(
            select(TicketRow.workspace, TicketRow.number)
            .join(waiting, mine)
            .order_by(waiting.c.first, TicketRow.workspace, TicketRow.number)
            .limit(limit)
            .with_for_update(of=TicketRow, skip_locked=True)
        )
        return self._still_due([(row.workspace, row.number) for row in locked], now)

    def open_after(self, workspace: str, number: int, limit: int) -> Sequence[int]:
        """The next tickets with an open clock, by number."""
        mine = (ClockRow.workspace == workspace, ClockRow.number > number, ClockRow.state == literal_column("'open'"))
        wanted = select(ClockRow.number).where(*mine).distinct().order_by(ClockRow.number).limit(limit)
        return self._session.scalars(wanted).all()

    def stopped(self, workspace: str, since: datetime, until: datetime) -> Sequence[tuple[int, Clock]]:
        """Clocks that were met or cancelled from one time to before another, with their tickets, oldest first."""
        span = (ClockRow.stopped_at >= since, ClockRow.stopped_at < until)
        wanted = select(ClockRow.number, ClockRow.ledger).where(ClockRow.workspace == workspace, *span)
        order = (ClockRow.stopped_at, ClockRow.number, ClockRow.kind, ClockRow.cycle)
        return [(number, Clock.from_dict(ledger)) for number, ledger in self._session.execute(wanted.order_by(*order))]

    def _still_due(self, tickets: list[tuple[str, int]], now: datetime) -> list[tuple[str, int]]:
        # Another unit of work may have handled one between our look and our lock; now nobody can any more.
        if not tickets:
            return []
        these = tuple_(ClockRow.workspace, ClockRow.number).in_(tickets)
        left = self._session.execute(
            select(ClockRow.workspace, ClockRow.number).where(these, ClockRow.look_at <= now).distinct()
        )
        due = {(row.workspace, row.number) for row in left}
        return [ticket for ticket in tickets if ticket in due]


def _clock_values(clock: Clock, look: datetime | None) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "cycle": clock.cycle,
        "state": "open" if clock.is_open else "closed",
        "breached": clock.is_breached,
        "look_at": look,
        "stopped_at": clock.stopped_at,
        "ledger": clock.to_dict(),
    }
