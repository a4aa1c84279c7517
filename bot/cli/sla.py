"""`sla`: how clocks were counted, the same again from the event log, how the SLA was kept, and holidays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.sla_report import report

if TYPE_CHECKING:
    from storage.store import Store

AT_ONCE = 100
Workspace = Annotated[str, typer.Option(help="Which workspace, if the database holds several.")]


def register(app: typer.Typer) -> None:
    """Add the group `sla`."""
    group = typer.Typer(no_args_is_help=True, help="The clocks of tickets: how they were counted, and again.")
    group.command("explain")(explain)
    group.command("recompute")(recompute)
    group.command("holidays")(holidays)
    group.command("report")(report)
    app.add_typer(group, name="sla")


def explain(ticket: Annotated[str, typer.Argument(help="Such as IT-12.")], workspace: Workspace = "") -> None:
    """Print the ledger of every clock of a ticket, a line per entry with its reason."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.services.sla.explanations import explained

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        for line in explained(uow, where, ticket):
            print(line)


def recompute(
    ticket: Annotated[str, typer.Argument(help="Such as IT-12; without it, all tickets.")] = "",
    workspace: Workspace = "",
    keep: Annotated[bool, typer.Option("--keep", help="Store what came out where it differs.")] = False,
) -> None:
    """Work clocks out again from the event log and print what is different from what is stored."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.services.sla.explanations import recompute as work_out

    store = open_up_to_date()
    where, looked, different = only_workspace(store, workspace), 0, 0
    for number in _numbers(store, where, ticket):
        with store.unit_of_work() as uow:
            lines = work_out(uow, where, number)
            if lines and keep:
                work_out(uow, where, number, keep=True)
        looked, different = looked + 1, different + bool(lines)
        for line in lines:
            print(line)
    print(f"{looked} {'ticket' if looked == 1 else 'tickets'} worked out again, {different} different.")


def holidays(
    file: Annotated[Path, typer.Argument(help="An .ics calendar, or lines such as: 2026-12-25 Christmas")],
    owner: Annotated[str, typer.Option(help="Whose: workspace, channel:ID or person:ID.")] = "workspace",
    workspace: Workspace = "",
) -> None:
    """Add the days of a holiday file to somebody's working hours; open clocks are counted anew by the running bot."""
    from bot.domain.errors import Invalid
    from bot.now import utc_now
    from bot.services.sla.almanac import read_holidays
    from bot.services.sla.calendars import add_holidays

    try:
        days = read_holidays(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file} can't be read as text: {error}.") from error
    from bot.cli.stores import only_workspace, open_up_to_date

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        new = add_holidays(uow, where, owner, days, utc_now())
    print(f"{len(days)} days read, {new} of them new.")


def _numbers(store: Store, workspace: str, ticket: str) -> Iterator[int]:
    from bot.ports import TicketFilter
    from bot.services.tickets.tickets import number_of

    if ticket:
        yield number_of(ticket)
        return
    offset = 0
    while True:
        with store.unit_of_work() as uow:
            found = uow.tickets.search(workspace, TicketFilter(limit=AT_ONCE, offset=offset))
        yield from sorted(each.number for each in found)
        if len(found) < AT_ONCE:
            return
        offset += AT_ONCE
