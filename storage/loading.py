"""Many tickets at once into a database, as they come from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bot.ports import Watched
from storage.engine import session
from storage.sql import insert_into
from storage.tables import ClockRow, TicketRow, WorkspaceRow
from storage.ticket_belongings import write_pending, write_people
from storage.ticket_rows import ticket_values
from storage.unfolded import insert_many
from storage.watch import clock_rows

AT_ONCE = 2000


def load(engine: Engine, watched: Iterable[Watched]) -> int:
    """Store tickets that bring their numbers, new in their workspaces, with their pending events, their clocks and
    the next looks; how many. One transaction: all or none.
    """
    count, rest = 0, iter(watched)
    with session(engine) as opened:
        while some := list(islice(rest, AT_ONCE)):
            _insert(opened, some)
            count += len(some)
        _count_on(opened)
    with session(engine) as opened:
        opened.execute(text("ANALYZE"))  # the plan for a full table is not the one for an empty one
    return count


def _insert(opened: Session, some: list[Watched]) -> None:
    tickets = [one.ticket for one in some]
    insert_many(opened, TicketRow, [ticket_values(ticket) for ticket in tickets])
    write_people(opened, tickets)
    write_pending(opened, tickets)
    insert_many(opened, ClockRow, list(clock_rows(some)))


def _count_on(opened: Session) -> None:
    """The next number of each workspace follows the highest there is."""
    for workspace, last in _last_numbers(opened):
        counter = insert_into(opened, WorkspaceRow).values(workspace=workspace, last_number=last)
        opened.execute(counter.on_conflict_do_update(index_elements=["workspace"], set_={"last_number": last}))


def _last_numbers(opened: Session) -> Iterator[tuple[str, int]]:
    wanted = select(TicketRow.workspace, func.max(TicketRow.number)).group_by(TicketRow.workspace)
    return ((row[0], row[1]) for row in opened.execute(wanted).all())
