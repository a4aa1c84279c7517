"""`detection report` on the database of a bot that has worked, and before there is one."""

from __future__ import annotations

import json
from pathlib import Path

from bot.domain.detection import Action
from bot.domain.judgement import Judgement
from bot.now import utc_now
from storage.engine import make_engine
from storage.store import Store
from tests.builders import a_channel
from tests.support.command_line import type_command


def test_before_anything_happened_the_report_says_what_will_stand_there(tmp_path: Path) -> None:
    found = type_command(tmp_path, {}, "detection", "report")
    assert (found.returncode, found.stderr) == (0, "")
    assert "Nothing was opened or asked in the last 12 weeks." in found.stdout
    as_json = type_command(tmp_path, {}, "detection", "report", "--json")
    assert json.loads(as_json.stdout)["periods"] == []


def test_the_report_reads_what_people_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{tmp_path / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    channel = a_channel()
    judged = Judgement(channel.workspace, channel.id, "1", "new_tool", Action.OPEN, 0.97, utc_now())
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(channel)
        uow.labels.keep(judged.judged("yes", utc_now()))
    store.close()
    found = type_command(tmp_path, {}, "detection", "report", "--json")
    (row,) = json.loads(found.stdout)["periods"]
    assert (row["channel"], row["right"], row["opened_precision"]) == ("marketing", 1, 1.0)


def test_a_database_that_cannot_be_reached_is_told_in_a_line(tmp_path: Path) -> None:
    away = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SLACK_BOT_TOKEN": "xoxb-1"}
    found = type_command(tmp_path, away, "detection", "report")
    assert found.returncode == 1
    assert found.stderr.startswith("✗ ")
    assert "Traceback" not in found.stderr
