"""`catalogue import` and `catalogue export`: the tools of a workspace from and to a sheet (CSV or XLSX)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.domain.policy import Policy
    from bot.ports import UnitOfWork

Workspace = Annotated[str, typer.Option(help="Which workspace, if the database holds several.")]


def register(app: typer.Typer) -> None:
    """Add the group `catalogue`."""
    group = typer.Typer(no_args_is_help=True, help="The tools there are, from and to a sheet.")
    group.command("import")(import_)
    group.command("export")(export)
    app.add_typer(group, name="catalogue")


def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX; its first line names the columns, as export writes them.")],
    workspace: Workspace = "",
) -> None:
    """Add and change tools by a sheet: all of its lines, or none and a list of what is wrong with them."""
    from bot.cli.files import bytes_of
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.files import sheets
    from bot.now import utc_now
    from bot.services.tools.catalogue_import import import_tools

    lines = sheets.read(bytes_of(file))
    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        done = import_tools(uow, where, lines, _policy(uow, where), utc_now())
    print(f"✓ {done.added} added, {done.changed} changed, {done.same} as they were.")


def export(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; .xlsx for a workbook. Without one, CSV is printed.")
    ] = None,
    workspace: Workspace = "",
) -> None:
    """Write the whole catalogue as a sheet that import takes back."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.files import sheets
    from bot.services.tools.catalogue_import import export_tools
    from bot.services.tools.tool_fields import COLUMNS

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        rows = export_tools(uow, where)
    if file is None:
        sys.stdout.buffer.write(sheets.write_csv(COLUMNS, rows))
        return
    is_workbook = file.suffix.lower() == ".xlsx"
    file.write_bytes(sheets.write_xlsx("Tools", COLUMNS, rows) if is_workbook else sheets.write_csv(COLUMNS, rows))
    print(f"✓ {len(rows)} tools in {file}.")


def _policy(uow: UnitOfWork, workspace: str) -> Policy:
    from bot.files import policy_text

    edition = uow.policies.in_force(workspace)
    return edition.policy if edition else policy_text.read(policy_text.template())
