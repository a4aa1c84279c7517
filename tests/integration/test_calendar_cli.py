"""`calendar import` and `export` on the database of a bot."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.now import utc_now
from tests.support.command_line import type_command

SOON = utc_now().date() + timedelta(days=20)
SHEET = f"kind,name,start,end,site\nfreeze,Holidays,{SOON},{SOON + timedelta(days=9)},all\n"
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:patch
SUMMARY:Maintenance of the shop
DTSTART;TZID=Europe/Berlin:{start:%Y%m%d}T220000
DURATION:PT2H
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
{more}END:VCALENDAR
"""


def test_sheets_and_calendar_files_go_in_and_come_out_or_change_nothing_and_say_where(folder: Path) -> None:
    def typed(*words: str) -> str:
        told = type_command(folder, {}, "calendar", *words)
        return told.stdout + told.stderr

    sheet, file = folder / "plan.csv", folder / "plan.ics"
    sheet.write_text(SHEET)
    assert typed("import", str(sheet)) == "✓ 1 added, 0 changed, 0 as they were.\n"
    file.write_text(EVENT.format(start=SOON, more=""))
    assert typed("import", str(file)) == "✓ 3 added, 0 changed, 0 as they were.\n"
    assert "4 entries in" in typed("export", str(folder / "out.ics"))
    assert typed("import", str(folder / "out.ics")) == "✓ 0 added, 0 changed, 4 as they were.\n"

    broken = "BEGIN:VEVENT\nUID:x\nSUMMARY:Freeze of “all”\nDTSTART:2026\nEND:VEVENT\n"
    file.write_text(EVENT.format(start=SOON + timedelta(days=1), more=broken))
    assert "line 9, event 2 “Freeze of “all””: DTSTART can't be read" in typed("import", str(file))
    exported = typed("export")
    assert exported.count("maintenance,Maintenance of the shop") == 3
    assert f"freeze,Holidays,{SOON},{SOON + timedelta(days=9)}" in exported

    sheet.write_text(f"kind,name,start,end,site\ncampaign,Spring sale,{SOON},{SOON},\n")
    assert "The marketing channel is asked whether IT shall look at 1 of them" in typed("import", str(sheet))
    assert typed("import", str(sheet)) == "✓ 0 added, 0 changed, 1 as they were.\n"
