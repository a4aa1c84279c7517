"""`roadmap import` and `roadmap export`: the road map from and to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.services.roadmap.item_import import Lines

Workspace = Annotated[str, typer.Option(help="Which workspace, if the database holds several.")]
MARKDOWN = (".md", ".markdown")


def register(app: typer.Typer) -> None:
    """Add the group `roadmap`."""
    group = typer.Typer(no_args_is_help=True, help="The road map marketing and IT share, from and to a file.")
    group.command("import")(import_)
    group.command("export")(export)
    app.add_typer(group, name="roadmap")


def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with the columns export writes, or Markdown (.md).")],
    workspace: Workspace = "",
) -> None:
    """Add and change items of the draft by a file: all of it, or nothing and a list of what is wrong with it."""
    from bot.cli.files import bytes_of
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.services.roadmap.item_import import import_items

    lines = _lines(file, bytes_of(file))
    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        done = import_items(uow, where, lines)
    print(f"✓ {done.added} added, {done.changed} changed, {done.same} as they were.")
    if done.added or done.changed:
        print("  They are in the draft. Both sides sign it: /itcheck roadmap draft, then Put it before both sides.")


def export(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; .xlsx or .md by its ending. Without one, CSV to the screen.")
    ] = None,
    signed: Annotated[bool, typer.Option("--signed", help="As it was signed last, not as the draft has it.")] = False,
    workspace: Workspace = "",
) -> None:
    """Write the road map as a file that import takes back."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.domain.errors import Invalid
    from bot.files import roadmap_text, sheets
    from bot.services.roadmap.item_fields import COLUMNS
    from bot.services.roadmap.item_import import export_items

    store = open_up_to_date()
    where = only_workspace(store, workspace)
    with store.unit_of_work() as uow:
        revision = uow.roadmap_revisions.signed(where)
        draft = uow.roadmap_drafts.get(where).road_map
    if signed and revision is None:
        raise Invalid("No revision was signed by both sides yet.")
    rows = export_items(revision.road_map if signed and revision else draft)
    if file is None:
        sys.stdout.buffer.write(sheets.write_csv(COLUMNS, rows))
        return
    ending = file.suffix.lower()
    if ending in MARKDOWN:
        file.write_text(roadmap_text.write(rows), encoding="utf-8")
    else:
        is_workbook = ending == ".xlsx"
        content = sheets.write_xlsx("Road map", COLUMNS, rows) if is_workbook else sheets.write_csv(COLUMNS, rows)
        file.write_bytes(content)
    print(f"✓ {len(rows)} items in {file}.")


def _lines(file: Path, content: bytes) -> Lines:
    from bot.files import roadmap_text, sheets

    return roadmap_text.read(content) if file.suffix.lower() in MARKDOWN else sheets.read(content)
