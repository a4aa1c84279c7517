"""`catalogue import` and `export` on the database of a bot."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_line import type_command

SHEET = 'name,category,status,yearly cost\nKlaviyo,E-mail and automation,approved,"12,000 EUR"\n'


def test_a_sheet_goes_in_and_comes_out_again(folder: Path) -> None:
    (folder / "tools.csv").write_text(SHEET)
    told = type_command(folder, {}, "catalogue", "import", str(folder / "tools.csv"))
    assert (told.stdout, told.stderr) == ("✓ 1 added, 0 changed, 0 as they were.\n", "")
    assert "Klaviyo,email_automation,,,approved" in type_command(folder, {}, "catalogue", "export").stdout
    book = str(folder / "tools.xlsx")
    assert "1 tools in" in type_command(folder, {}, "catalogue", "export", book).stdout
    assert "0 changed, 1 as they were" in type_command(folder, {}, "catalogue", "import", book).stdout


def test_a_broken_sheet_changes_nothing_and_says_where(folder: Path) -> None:
    (folder / "tools.csv").write_text(SHEET + "🚀,analytics,approved,-1\n")
    refused = type_command(folder, {}, "catalogue", "import", str(folder / "tools.csv"))
    assert refused.returncode == 1
    assert "line 3, name: “🚀” is no name" in refused.stderr
    assert "line 3, yearly_cost: “-1” is negative" in refused.stderr
    assert "Klaviyo" not in type_command(folder, {}, "catalogue", "export").stdout
