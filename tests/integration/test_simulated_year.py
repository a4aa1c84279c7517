"""Weeks around the changes of clocks, with kills, an outage and a clock set back: all is said once. Played small."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.bench.found import compare
from bot.bench.simulation import simulate
from bot.bench.tales import AUTUMN, PLACES, SPRING, Span
from bot.bench.walker import Agenda, Notice, Tale, agendas_due, notices_due
from bot.bench.wall import Name
from storage.engine import make_engine
from storage.store import Store
from tests.support.postgres import Postgres

OFTEN = 0.01
SEED = 1
BERLIN, NIGHT = PLACES[:2]
WARNING = Notice("T1", 3, "resolution", "75")
AGENDA = Agenda("T1", "C-berlin", "2026-W44")
TAKEN: dict[Name, int] = {
    ("T1", "IT-3:sla:resolution:1:28800:75"): 1,
    ("T1", "IT-3:sla:resolution:1:28800:75:dm:U1"): 1,
    ("T1", "agenda:C-berlin:2026-W44"): 1,
    ("T1", "IT-3:card"): 1,
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("span", [AUTUMN, SPRING], ids=["autumn", "spring"])
def test_every_agenda_warning_and_breach_is_posted_once_whatever_is_killed(postgres: Postgres, span: Span) -> None:
    url = postgres.create_database()
    store = Store(make_engine(url), lambda: span.start)
    store.migrate()
    store.close()
    found = simulate(url, span, SEED, OFTEN, lambda words: None)
    assert (found.lost, found.doubled, found.stray) == ((), (), ())
    assert found.expected == found.posted > 50
    assert min(found.kills, found.other_faults) > 10, "hardly anything went wrong"


def test_what_was_said_as_it_should_be_is_neither_lost_nor_doubled_nor_stray() -> None:
    found = compare([WARNING, AGENDA], TAKEN, {}, 1, 1)
    assert (found.expected, found.posted, found.messages) == (3, 3, 4)
    assert (found.lost, found.doubled, found.stray) == ((), (), ())


def test_what_was_not_said_is_lost_what_was_said_twice_doubled_and_what_nobody_expected_stray() -> None:
    found = compare([WARNING, WARNING._replace(stage="breach")], TAKEN | {("T1", "IT-3:card"): 2}, {}, 1, 1)
    assert found.lost == (str(WARNING._replace(stage="breach")),)
    assert found.doubled == ("IT-3:card in T1, 2 times",)
    assert found.stray == (str(AGENDA),)


def test_an_agenda_is_called_for_until_two_days_late_and_once_where_the_clocks_repeat_its_hour() -> None:
    around = [at(24, 12), at(25, 0), at(25, 1), at(26, 20), at(28, 7), at(28, 9)]
    assert [one.week for one in agendas_due(NIGHT, around)] == ["2026-W43"]
    assert [one.week for one in agendas_due(BERLIN, around)] == ["2026-W44"]
    assert list(agendas_due(BERLIN, [at(24, 12), at(28, 9)])) == []


def test_a_warning_waits_for_the_reader_and_is_not_said_once_it_is_settled() -> None:
    moments = [at(26, 12), at(26, 15), at(26, 20), at(27, 7), at(27, 9)]
    late = Tale(BERLIN, 1, "normal", opened=0, answered=None, resolved=None)
    assert [one[2:] for one in notices_due(late, moments)] == [("first_response", "75"), ("first_response", "breach")]
    settled = Tale(BERLIN, 1, "normal", opened=0, answered=2, resolved=None)
    assert [one[2:] for one in notices_due(settled, [moments[0], moments[2], moments[2]])] == []


def at(day: int, hour: int) -> datetime:
    """A time in October 2026; Berlin's clocks go back on the 25th."""
    return datetime(2026, 10, day, hour, tzinfo=UTC)
