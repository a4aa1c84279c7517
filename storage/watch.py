"""Many tickets at once: those with a clock that must be looked at, taken and given back in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.domain.escalation import Escalation
from bot.domain.sla import Clock
from bot.domain.ticket import Ticket
from bot.ports import Watched
from storage.clocks import CHANGED, clock_values
from storage.escalations import ladders_of, save_escalations
from storage.tables import ClockRow, TicketRow
from storage.ticket_belongings import write_pending
from storage.ticket_rows import ticket_from
from storage.unfolded import among_rows, insert_many, rows_text

Key = tuple[str, int]


class SqlWatch:
    """Implements bot.ports.Watch within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, now: datetime, limit: int) -> Sequence[Watched]:
        """Tickets with a clock to be looked at, the longest due first, locked until the transaction ends.

        `limit` is of clocks. Tickets that another unit of work holds are left to it.
        """
        # Only the index of looks is read, and no further than the limit, however many are due.
        waiting = (
            select(*TicketRow.__table__.columns)
            .join(ClockRow, (ClockRow.workspace == TicketRow.workspace) & (ClockRow.number == TicketRow.number))
            .where(ClockRow.look_at <= now)
            .order_by(ClockRow.look_at)
            .limit(limit)
            .with_for_update(of=TicketRow, skip_locked=True)
        )
        rows = {(row.workspace, row.number): row for row in self._session.execute(waiting)}
        keys, tickets = list(rows), [ticket_from(row) for row in rows.values()]
        clocks, ladders = self._clocks_of(keys), ladders_of(self._session, keys)
        watched = (
            _watched(ticket, clocks.get(key, ()), ladders.get(key, ()))
            for ticket, key in zip(tickets, keys, strict=True)
        )
        # Another unit of work may have handled one between our look and our lock; now nobody can any more.
        return [one for one in watched if any(look is not None and look <= now for look in one.look_at)]

    def save(self, seen: Iterable[Watched]) -> None:
        """Store what became of what `claim` gave in this unit of work: pending events, clocks, next looks, the ladder
        where it changed. Of the ticket itself only the revision changes.
        """
        all_seen = list(seen)
        if not all_seen:
            return
        tickets = [one.ticket for one in all_seen]
        these = among_rows(self._session, TicketRow, "workspace", "number")
        raised = update(TicketRow).where(these).values(revision=TicketRow.revision + 1)
        self._session.connection().execute(raised, _rows((ticket.workspace, ticket.number) for ticket in tickets))
        for ticket in tickets:
            ticket.revision += 1
        write_pending(self._session, tickets)
        insert_many(self._session, ClockRow, list(clock_rows(all_seen)), CHANGED)
        save_escalations(self._session, [escalation for one in all_seen for escalation in one.ladder])

    def _clocks_of(self, keys: Sequence[Key]) -> dict[Key, list[tuple[Clock, datetime | None]]]:
        found: dict[Key, list[tuple[Clock, datetime | None]]] = {}
        these = among_rows(self._session, ClockRow, "workspace", "number")
        wanted = select(ClockRow.workspace, ClockRow.number, ClockRow.ledger, ClockRow.look_at).where(these)
        for row in self._session.execute(wanted.order_by(ClockRow.kind, ClockRow.cycle), _rows(keys)) if keys else ():
            found.setdefault((row.workspace, row.number), []).append((Clock.from_dict(row.ledger), row.look_at))
        return found


_KEY = ("workspace", "number")


def _rows(keys: Iterable[Key]) -> dict[str, str]:
    return {"rows": rows_text(keys, *_KEY)}


def clock_rows(seen: Iterable[Watched]) -> Iterator[dict[str, Any]]:
    """The columns of the clocks of many tickets."""
    for one in seen:
        mine = {"workspace": one.ticket.workspace, "number": one.ticket.number}
        for clock, look in zip(one.clocks, one.look_at, strict=True):
            yield mine | clock_values(clock, look)


def _watched(ticket: Ticket, clocks: Sequence[tuple[Clock, datetime | None]], ladder: Sequence[Escalation]) -> Watched:
    return Watched(ticket, tuple(clock for clock, _ in clocks), tuple(look for _, look in clocks), ladder)
