"""`sla explain`, `recompute` and `holidays` on the database of a bot that has worked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.agreed import WORKSPACE, CalendarEdition
from bot.domain.hours import Calendar
from bot.domain.ticket import Intake, Place
from bot.now import utc_now
from bot.services.intake.intake import Wish, open_ticket
from storage.engine import make_engine
from storage.store import Store
from tests.builders import MARKETER, MARKETING, TEAM, a_channel
from tests.support.command_line import type_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose database holds one ticket and the hours of the workspace."""
    (tmp_path / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{tmp_path / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    wish = Wish(TEAM, "question", "Can we?", MARKETER, Place(MARKETING, "1.0", "1.0"), utc_now(), Intake.COMMAND)
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel())
        open_ticket(uow, wish)
        uow.agreements.save_calendar(TEAM, CalendarEdition(WORKSPACE, 1, utc_now(), Calendar.office("UTC")))
    store.close()
    return tmp_path


def test_a_ticket_is_explained_and_worked_out_again(folder: Path) -> None:
    told = type_command(folder, {}, "sla", "explain", "IT-1")
    assert (told.returncode, told.stderr) == (0, "")
    assert "started with a target of 4 h" in told.stdout
    again = type_command(folder, {}, "sla", "recompute")
    assert again.stdout == "1 ticket worked out again, 0 different.\n"


def test_a_holiday_file_is_taken_and_what_is_none_is_refused_in_a_line(folder: Path) -> None:
    file = folder / "holidays.txt"
    file.write_text("2026-12-25 Christmas\n2026-12-26\n")
    assert type_command(folder, {}, "sla", "holidays", str(file)).stdout == "2 days read, 2 of them new.\n"
    file.write_text("hello")
    refused = type_command(folder, {}, "sla", "holidays", str(file))
    assert refused.returncode == 1
    assert refused.stderr.startswith("✗ This is no holiday file")
