"""`sla report` on the database of a bot that has worked, and before there is one."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from bot.domain.people import Side
from bot.domain.sla import Clock, ClockKind
from bot.now import utc_now
from storage.engine import make_engine
from storage.store import Store
from tests.builders import LIAISON, MARKETER, TEAM, a_channel
from tests.support.command_line import type_command
from tests.support.samples import a_ticket


def test_the_report_comes_as_text_as_csv_and_as_a_picture(tmp_path: Path) -> None:
    furnished(tmp_path)
    made = ("--csv", "out.csv", "--picture", "out.png")
    found = type_command(tmp_path, {}, "sla", "report", *made)
    assert (found.returncode, found.stderr) == (0, "")
    assert "In time: IT 1 of 1 (100 %), marketing 0 of 1 (0 %)." in found.stdout
    assert "Late: 1" in found.stdout
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert [(row["owed"], row["by"], row["outcome"]) for row in rows] == [
        ("brief", "marketing", "late"),
        ("first_response", "it", "in time"),
    ]
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_reported_is_told_in_a_line(tmp_path: Path) -> None:
    empty = type_command(tmp_path, {}, "sla", "report")
    assert (empty.returncode, "Nothing was ever stored here" in empty.stderr) == (1, True)
    furnished(tmp_path)
    found = type_command(tmp_path, {}, "sla", "report", "--month", "smarch")
    assert (found.returncode, "“smarch”" in found.stderr) == (1, True)
    nowhere = type_command(tmp_path, {}, "sla", "report", "--csv", "no/such/folder.csv")
    assert (nowhere.returncode, "can't be written" in nowhere.stderr) == (1, True)


def furnished(folder: Path) -> None:
    """A database with one ticket: its first answer in time, its brief late; all within this month."""
    (folder / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{folder / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    first = utc_now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    answer = Clock.start(ClockKind.FIRST_RESPONSE, Side.IT, 3600, first, person=LIAISON)
    brief = Clock.start(ClockKind.BRIEF, Side.MARKETING, 1, first, person=MARKETER)
    late = brief.breach(first + timedelta(seconds=1)).meet(first + timedelta(seconds=2))
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(set_up_at=first))
        ticket = uow.tickets.add(a_ticket(workspace=TEAM))
        uow.clocks.save(TEAM, ticket.number, [answer.meet(first), late], [None, None])
    store.close()
