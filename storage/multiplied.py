"""Many tickets out of one, by a single statement: for measuring what a database is like after years."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, Text, case, cast, func, insert, literal, select, text, true, update

from storage.engine import transaction
from storage.tables import TicketRow, WorkspaceRow
from storage.tables_catalogue import CatalogueRow

PEOPLE = 500


def multiply_tickets(engine: Engine, workspace: str, times: int, open_every: int) -> None:
    """Make `times` tickets like IT-1 of a workspace about each tool of its catalogue; one in `open_every` is open.

    PostgreSQL then looks at its tables, as its autovacuum would.
    """
    first = select(literal(1).label("n")).cte("counted", recursive=True)
    counted = first.union_all(select(first.c.n + 1).where(first.c.n < times))
    numbered = func.row_number().over(order_by=CatalogueRow.tool).label("place")
    tools = select(CatalogueRow.tool, CatalogueRow.name, numbered).where(CatalogueRow.workspace == workspace).subquery()
    place = (tools.c.place - 1) * times + counted.c.n
    fresh: dict[str, Any] = {
        "number": TicketRow.number + place,
        "topic": tools.c.tool,
        "title": tools.c.name,
        "state": case((place % open_every == 0, TicketRow.state), else_="closed"),
        "requester": TicketRow.requester + cast(place % PEOPLE, Text),
        "thread": literal("1.") + cast(place, Text),
    }
    columns = {column.name: fresh.get(column.name, column) for column in TicketRow.__table__.columns}
    here = (TicketRow.workspace == workspace) & (TicketRow.number == 1)
    many = select(*columns.values()).select_from(tools.join(counted, true()).join(TicketRow, here))
    with transaction(engine) as connection:
        connection.execute(insert(TicketRow).from_select(list(columns), many))
        last = select(func.max(TicketRow.number)).where(TicketRow.workspace == workspace).scalar_subquery()
        connection.execute(update(WorkspaceRow).where(WorkspaceRow.workspace == workspace).values(last_number=last))
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
