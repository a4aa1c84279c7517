"""What every store promises about what was agreed for clocks, about recounts, and about clocks that stopped."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import MetaData, insert

from bot.domain.agreed import WORKSPACE, CalendarEdition, TargetsEdition
from bot.domain.errors import Conflict
from bot.domain.hours import Calendar
from bot.domain.ledger import ClockKind
from bot.domain.targets import Targets
from bot.ports import Recount
from storage.clocks import clock_values
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, NOW, a_clock, a_ticket

FIRST = TargetsEdition(1, NOW, Targets(shares=(50, 90)), "U1")
FILLING = {str: "T1", int: 1, datetime: NOW, bool: False, object: {}}  # of columns that do not matter here
BERLIN = CalendarEdition(WORKSPACE, 1, NOW, Calendar.office("Europe/Berlin", [NOW.date()]), "U1", "DE-BE")


def test_targets_come_back_with_all_their_editions(store: AnyStore) -> None:
    second = TargetsEdition(2, NOW + DAY, Targets(brief=3600), "U2")
    with store.unit_of_work() as uow:
        assert list(uow.agreements.targets("T1")) == []
        uow.agreements.save_targets("T1", FIRST)
        uow.agreements.save_targets("T1", second)
        assert list(uow.agreements.targets("T1")) == [FIRST, second]
    with store.unit_of_work() as uow:
        assert list(uow.agreements.targets("T1")) == [FIRST, second]
        assert list(uow.agreements.targets("T2")) == []


def test_of_many_owners_those_calendars_come_that_there_are(store: AnyStore) -> None:
    mine = CalendarEdition("person:U7", 1, NOW, Calendar.office("Europe/Berlin"), "U1")
    with store.unit_of_work() as uow:
        uow.agreements.save_calendar("T1", mine)
        uow.agreements.save_calendar("T2", replace(mine, owner="person:U8"))
    everybody = [f"person:U{number}" for number in range(200)]
    with store.unit_of_work() as uow:
        assert list(uow.agreements.calendars("T1", everybody)) == [mine]
        assert list(uow.agreements.calendars("T1", everybody[:9])) == [mine]
        assert list(uow.agreements.calendars("T3", everybody)) == []


def test_a_calendar_comes_back_with_its_holidays_and_special_days(store: AnyStore) -> None:
    mine = CalendarEdition("person:U1", 1, NOW, Calendar("UTC", {"mon": [("22:00", "06:00")]}, (), {NOW.date(): []}))
    with store.unit_of_work() as uow:
        for edition in (BERLIN, mine):
            uow.agreements.save_calendar("T1", edition)
    with store.unit_of_work() as uow:
        assert list(uow.agreements.calendars("T1", [WORKSPACE, "person:U1", "person:U2"])) == [mine, BERLIN]
        assert list(uow.agreements.calendars("T1", [WORKSPACE])) == [BERLIN]
        assert list(uow.agreements.calendars("T2", [WORKSPACE])) == []


def test_of_two_who_edit_the_same_version_the_second_is_told(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.agreements.save_targets("T1", FIRST)
        uow.agreements.save_calendar("T1", BERLIN)
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.agreements.save_targets("T1", FIRST)
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.agreements.save_calendar("T1", BERLIN)


def test_a_recount_goes_on_where_it_was_and_starts_again_when_it_is_asked_for_again(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        assert uow.recounts.next() is None
        uow.recounts.ask("T1", "new targets")
        uow.recounts.advance("T1", 50)
    with store.unit_of_work() as uow:
        assert uow.recounts.next() == Recount("T1", 50, "new targets")
        uow.recounts.ask("T1", "new hours")
    with store.unit_of_work() as uow:
        assert uow.recounts.next() == Recount("T1", 0, "new hours")
        uow.recounts.advance("T1", None)
        assert uow.recounts.next() is None


def test_tickets_with_open_clocks_come_in_portions_by_their_number(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for _ in range(4):
            uow.tickets.add(a_ticket())
        uow.clocks.save("T1", 1, [a_clock(), a_clock(kind=ClockKind.FIRST_RESPONSE)], [None, None])
        uow.clocks.save("T1", 2, [a_clock().meet(NOW)], [None])
        for number in (3, 4):
            uow.clocks.save("T1", number, [a_clock()], [None])
    with store.unit_of_work() as uow:
        assert list(uow.clocks.open_after("T1", 0, 2)) == [1, 3]
        assert list(uow.clocks.open_after("T1", 3, 2)) == [4]
        assert list(uow.clocks.open_after("T2", 0, 2)) == []


def test_a_report_finds_the_clocks_that_were_not_over_before_it_begins(store: AnyStore) -> None:
    early, late = a_clock().meet(NOW), a_clock(kind=ClockKind.FIRST_RESPONSE).cancel(NOW + DAY)
    running = a_clock(kind=ClockKind.BRIEF)
    with store.unit_of_work() as uow:
        uow.tickets.add(a_ticket())
        uow.tickets.add(a_ticket())
        uow.clocks.save("T1", 1, [early, late, running], [None, None, None])
        uow.clocks.save("T1", 2, [early], [None])
    with store.unit_of_work() as uow:
        assert list(uow.clocks.alive("T1", NOW)) == [(1, running), (1, late), (1, early), (2, early)]
        assert list(uow.clocks.alive("T1", NOW + HOUR)) == [(1, running), (1, late)]
        assert list(uow.clocks.alive("T2", NOW)) == []
        uow.clocks.save("T1", 2, [early.reopen(NOW + HOUR)], [None])
        assert [number for number, _ in uow.clocks.alive("T1", NOW + 2 * DAY)] == [1, 2]


def test_a_database_from_before_learns_when_its_clocks_stopped(empty_url: str) -> None:
    store, engine = Store(make_engine(empty_url), lambda: NOW), make_engine(empty_url)
    upgrade(engine, "0005")
    old = MetaData()
    old.reflect(engine)
    ticket = old.tables["ticket"]
    with engine.begin() as connection:
        connection.execute(
            insert(ticket), {one.name: FILLING[one.type.python_type] for one in ticket.c if not one.nullable}
        )
        for clock in (a_clock().meet(NOW + HOUR), a_clock(kind=ClockKind.BRIEF)):
            row = {"workspace": "T1", "number": 1} | clock_values(clock, None)
            del row["stopped_at"]
            connection.execute(insert(old.tables["clock"]), row)
    store.migrate()
    with store.unit_of_work() as uow:
        assert len(uow.clocks.alive("T1", NOW)) == 2
        assert len(uow.clocks.alive("T1", NOW + DAY)) == 1
    engine.dispose()
    store.close()
