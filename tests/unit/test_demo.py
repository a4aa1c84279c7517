"""What the demo stands on: hours of work, acts in order, ids that move with their messages, what is shown of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.diary import Diary, at_work, hours_later
from bot.demo.items import FIRST, LATER
from bot.demo.moving import move_database, moved
from bot.demo.paper import Written, direct
from bot.demo.showing import recent
from bot.messages import MessageRef

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOVES = {"1779177600.000012": "1795348907.000001", "D1BRANDLEAD": "DMWRSIYXM2"}


def test_ids_move_wherever_they_stand_and_nothing_else_does() -> None:
    said = "1779177600.000012 in D1BRANDLEAD; 1779177600.000013, D1BRAND1, 12.5 and 21779177600.000012 stay"
    told = moved(said, MOVES)
    assert told.startswith("1795348907.000001 in DMWRSIYXM2; 1779177600.000013, D1BRAND1, 12.5 and 2177")
    assert direct("U1BRANDLEAD") in MOVES


def test_a_database_is_moved_in_every_column_and_key(tmp_path: Path) -> None:
    file = tmp_path / "company.db"
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute(
            "CREATE TABLE label (place TEXT, message TEXT, seen INT, PRIMARY KEY (place, message)) WITHOUT ROWID"
        )
        opened.execute("CREATE TABLE ticket (number INTEGER PRIMARY KEY, thread TEXT, facts TEXT)")
        opened.execute("INSERT INTO label VALUES ('D1BRANDLEAD', '1779177600.000012', 1)")
        opened.execute("INSERT INTO ticket VALUES (1, '1779177600.000012', '{\"link\": \"1779177600.000012\"}')")
        opened.execute("INSERT INTO ticket VALUES (2, '', NULL)")
    move_database(file, MOVES)
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT * FROM label").fetchall() == [("DMWRSIYXM2", "1795348907.000001", 1)]
        linked = '{"link": "1795348907.000001"}'
        assert opened.execute("SELECT * FROM ticket").fetchall() == [(1, "1795348907.000001", linked), (2, "", None)]


def test_of_the_past_the_last_month_is_shown_with_the_whole_of_its_threads() -> None:
    def one(message: str, thread: str, days: int) -> Written:
        return Written(MessageRef("C1", message), thread, NOON - timedelta(days=days), "U1", message)

    old, older, fresh = one("1", "", 60), one("2", "", 70), one("3", "", 2)
    between, late = one("4", "1", 50), one("5", "1", 1)
    assert recent([older, old, between, late, fresh], NOON) == [old, between, late, fresh]


@pytest.mark.parametrize(
    ("at", "hours", "then"),
    [
        (NOON, 2, "2026-11-20T14:00"),
        (NOON, 8, "2026-11-23T08:15"),  # Friday evening: Monday morning in Berlin
        (NOON, 18, "2026-11-23T08:15"),
        (NOON.replace(hour=4), 1, "2026-11-20T08:15"),
    ],
)
def test_people_do_things_when_they_are_at_work(at: datetime, hours: float, then: str) -> None:
    assert f"{hours_later(at, hours, 'Europe/Berlin'):%Y-%m-%dT%H:%M}" == then


def test_a_day_on_a_weekend_is_the_next_monday() -> None:
    assert at_work(date(2026, 11, 21), 10.5, "Europe/Lisbon") == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def test_acts_come_by_time_and_else_in_the_order_they_were_written_down() -> None:
    diary, done = Diary(), []
    for name, hours in (("b", 2), ("a", 1), ("c", 2), ("later", 9)):
        diary.add(NOON + timedelta(hours=hours), lambda name=name: done.append(name))  # type: ignore[misc]
    while (found := diary.due(NOON + timedelta(hours=9))) is not None:
        found[1]()
    assert done == ["a", "b", "c"]


def test_the_road_map_has_twenty_five_items_that_need_only_earlier_ones() -> None:
    ideas = [*FIRST, *LATER]
    assert len({one.need for one in ideas}) == 25
    assert all(need < number for number, one in enumerate(ideas, 1) for need in one.needs)
