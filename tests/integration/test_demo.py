"""The demo's company: the same day and seed give the same half year, and nothing that is not a demo is overwritten."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.demo.cast import HOLDERS, TEAMS, the_people
from bot.demo.company import make
from bot.demo.keeping import DATABASE, WRITTEN, Played, clear, read_written
from bot.domain.errors import Permanent

DAY = date(2026, 11, 22)


def nothing_told(words: str) -> None:
    """Nobody listens."""


def rows(folder: Path) -> Iterator[str]:
    """All that is stored, without what the folder's own key makes: who has answered the pulse."""
    with closing(sqlite3.connect(folder / DATABASE)) as opened:
        yield from (re.sub(r'"ballots":\[[^]]*\]', "", one) for one in opened.iterdump())


def test_the_same_day_and_seed_give_the_same_data(tmp_path: Path) -> None:
    one, other, another = tmp_path / "one", tmp_path / "other", tmp_path / "another"
    floor = make(one, Played(DAY, 1, weeks=2), nothing_told)
    make(other, Played(DAY, 1, weeks=2), nothing_told)
    make(another, Played(DAY, 2, weeks=2), nothing_told)
    assert floor.refused == []
    assert list(rows(one)) == list(rows(other)) != list(rows(another))
    assert (one / WRITTEN).read_text() == (other / WRITTEN).read_text() != (another / WRITTEN).read_text()
    played, written = read_written(one)
    assert played == Played(DAY, 1, weeks=2)
    assert list(written) == list(floor.paper.written)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "liaison.db").write_text("somebody's")
    with pytest.raises(Permanent, match="no demo"):
        clear(tmp_path)
    (tmp_path / DATABASE).write_text("a demo beside it")
    with pytest.raises(Permanent, match="liaison"):
        clear(tmp_path)
    assert (tmp_path / "liaison.db").read_text() == "somebody's"


def test_a_demo_is_replaced(tmp_path: Path) -> None:
    for name in (DATABASE, f"{DATABASE}-wal", WRITTEN, "secret.key", "sandbox.db"):
        (tmp_path / name).write_text("old")
    clear(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_company_has_forty_people_who_are_called_by_what_they_are() -> None:
    people = the_people()
    assert len(people) == len({one.name for one in people.values()}) == 40
    roles = ("Marketer", "Lead", "Manager", "Liaison", "Officer", "Counsel", "Controller", "Engineer", "CMO", "CIO")
    assert all(any(role in one.name for role in roles) for one in people.values())
    assert all(one in people for holders in HOLDERS.values() for one in holders)
    assert all(people[team.lead].zone == team.zone for team in TEAMS)
