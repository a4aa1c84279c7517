"""`calendar import` and `calendar export`: the campaign calendar from and to a file (CSV, XLSX or ICS)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.ports import UnitOfWork
    from bot.services.calendar.planned_import import Imported

Workspace = Annotated[str, typer.Option(help="Which workspace, if the database holds several.")]


def register(app: typer.Typer) -> None:
    """Add the group `calendar`."""
    words = "Campaigns, freezes, maintenance and launches, from and to a file."
    group = typer.Typer(no_args_is_help=True, help=words)
    group.command("import")(import_)
    group.command("export")(export)
    app.add_typer(group, name="calendar")


def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with the columns export writes, or an .ics calendar.")],
    kind: Annotated[str, typer.Option(help="What an event is that does not say: freeze, maintenance, launch.")] = "",
    workspace: Workspace = "",
) -> None:
    """Add and change entries by a file: all of it, or nothing and a list of what is wrong with it."""
    from bot.cli.files import bytes_of
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.services.calendar.planned_offer import offer_tickets

    content = bytes_of(file)
    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        done = _import(uow, where, content, kind)
        offered = offer_tickets(uow, where, done.campaigns)
    removed = f", {done.removed} taken out" if done.removed else ""
    past = f" {done.past} are over and were left out." if done.past else ""
    print(f"✓ {done.added} added, {done.changed} changed, {done.same} as they were{removed}.{past}")
    if offered:
        print(
            f"  The marketing channel is asked whether IT shall look at {offered} of them: a button opens the ticket."
        )


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; .xlsx or .ics by name. Without one, CSV.")] = None,
    workspace: Workspace = "",
) -> None:
    """Write the calendar as a file that import takes back; campaigns that are tickets are not in it."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.files import calendar_text, sheets
    from bot.now import utc_now
    from bot.services.calendar.planned_fields import COLUMNS
    from bot.services.calendar.planned_import import EVER, export_lines

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        zone = _zone(uow, where)
        rows, planned = export_lines(uow, where, zone), uow.plans.between(where, *EVER)
    if file is None:
        sys.stdout.buffer.write(sheets.write_csv(COLUMNS, rows))
        return
    ending = file.suffix.lower()
    if ending == ".ics":
        file.write_bytes(calendar_text.write(planned, zone, utc_now()))
    else:
        is_workbook = ending == ".xlsx"
        file.write_bytes(
            sheets.write_xlsx("Calendar", COLUMNS, rows) if is_workbook else sheets.write_csv(COLUMNS, rows)
        )
    print(f"✓ {len(rows)} entries in {file}.")


def _import(uow: UnitOfWork, workspace: str, content: bytes, kind: str) -> Imported:
    from bot.files import calendar_file, sheets
    from bot.now import utc_now
    from bot.services.calendar.planned_import import import_events, import_lines

    zone, now = _zone(uow, workspace), utc_now()
    if calendar_file.is_one(content):
        return import_events(uow, workspace, calendar_file.read(content, zone, now, kind), now)
    return import_lines(uow, workspace, sheets.read(content), zone, now)


def _zone(uow: UnitOfWork, workspace: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    channels = uow.workspaces.listening(workspace)
    return channels[0].tz if channels else ZoneInfo("UTC")
