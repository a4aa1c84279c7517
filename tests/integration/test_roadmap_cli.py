"""`roadmap import` and `export` on the database of a bot."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_line import type_command

SHEET = "id,need,start,needs\na,Better search,2027-Q1,b\nb,Clean feed,2026-12,\n"


def test_sheets_and_markdown_go_in_and_come_out_or_change_nothing_and_say_where(folder: Path) -> None:
    def typed(*words: str) -> str:
        told = type_command(folder, {}, "roadmap", *words)
        return told.stdout + told.stderr

    sheet, page = folder / "plan.csv", folder / "plan.md"
    sheet.write_text(SHEET)
    assert "✓ 2 added, 0 changed, 0 as they were." in typed("import", str(sheet))
    assert "2 items in" in typed("export", str(page))
    assert "## RM-1 Better search\n\n- start: 2027-01-01\n- end: 2027-03-31" in page.read_text()
    assert typed("import", str(page)) == "✓ 0 added, 0 changed, 2 as they were.\n"
    sheet.write_text(SHEET.replace("2026-12,", "2026-12,a"))
    assert "line 2, line 3, needs: These would wait for each other for ever" in typed("import", str(sheet))
    assert "No revision was signed by both sides yet" in typed("export", "--signed")
    assert "RM-2,Clean feed" in typed("export")
