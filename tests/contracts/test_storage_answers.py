"""What every store promises about the answers of due diligence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import MetaData, insert, select, text

from bot.domain.answers import Given
from bot.domain.diligence import Answer, Level
from bot.domain.errors import Conflict
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.samples import HOUR, NOW, a_ticket


def given(question: str = "mfa", version: int = 1, number: int = 1, vendor: str = "klaviyo") -> Given:
    answer = Answer(question, Level.EVIDENCED, "U1", date(2026, 11, 23), "for all", "https://klaviyo.example/trust")
    return Given(number, vendor, version, NOW + version * HOUR, "U2", answer)


def two_tickets(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.tickets.add(a_ticket())
        uow.tickets.add(a_ticket())


def test_answers_come_back_in_the_order_in_which_they_came(store: AnyStore) -> None:
    two_tickets(store)
    came = [given(), given("export"), given(version=2)]
    with store.unit_of_work() as uow:
        uow.answers.add("T1", came[:2])
        uow.answers.add("T1", came[2:])
    with store.unit_of_work() as uow:
        assert list(uow.answers.of("T1", 1)) == came
        assert list(uow.answers.of("T1", 2)) == list(uow.answers.of("T2", 1)) == []


def test_other_tickets_answers_about_a_vendor_are_found(store: AnyStore) -> None:
    two_tickets(store)
    with store.unit_of_work() as uow:
        uow.answers.add("T1", [given(), given(number=2), given("export", number=2, vendor="brevo")])
    with store.unit_of_work() as uow:
        assert list(uow.answers.about("T1", "klaviyo", 1)) == [given(number=2)]
        assert list(uow.answers.about("T2", "klaviyo", 1)) == []
        assert list(uow.answers.about("T1", "", 1)) == []


def test_a_version_is_added_once_and_nothing_of_a_refused_batch_stays(store: AnyStore) -> None:
    two_tickets(store)
    with store.unit_of_work() as uow:
        uow.answers.add("T1", [given()])
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.answers.add("T1", [given("export"), given()])
    with store.unit_of_work() as uow:
        assert list(uow.answers.of("T1", 1)) == [given()]


def test_of_two_who_answer_in_the_same_second_one_counts(sql_store: Store) -> None:
    two_tickets(sql_store)

    def add(_: int) -> bool:
        try:
            with sql_store.unit_of_work() as uow:
                uow.answers.add("T1", [given()])
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(add, range(2))) == [False, True]


def test_a_database_from_before_gets_room_for_answers_and_keeps_its_reviews(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine, "0010")
    old = MetaData()
    old.reflect(engine)
    kept = {"workspace": "T1", "version": 3, "at": NOW, "by": "U4", "policy": {"name": "ours"}}
    with engine.begin() as connection:
        connection.execute(insert(old.tables["policy"]), kept)
    upgrade(engine)
    with engine.begin() as connection:
        assert connection.execute(select(old.tables["policy"].c.version)).scalars().all() == [3]
        assert connection.execute(text("SELECT count(*) FROM answer")).scalar() == 0
    engine.dispose()
