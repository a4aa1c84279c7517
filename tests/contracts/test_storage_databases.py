"""What the store promises on a real database: migrations, hostile text, and what happens when it is away."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.domain.errors import Invalid, LeaseLost, StoreUnavailable
from bot.domain.ticket import Entry, Place
from bot.messages import MessageRef
from bot.ports import TicketFilter
from bot.queues import Receipt
from storage.engine import make_engine
from storage.migrate import is_compared, newest_revision
from storage.store import Store
from storage.tables_around import QueueRow
from tests.support.postgres import Postgres
from tests.support.samples import DAY, NOW, a_clock, a_post, a_request, a_ticket

HOSTILE = "a\x00b\ud800'; DROP TABLE ticket; --\u202e"
STORED = "a\ufffdb\ufffd'; DROP TABLE ticket; --\u202e"


def test_the_migrations_lead_to_the_tables_of_the_code(empty_url: str) -> None:
    store = Store(make_engine(empty_url), lambda: NOW)
    assert not store.check().is_up_to_date
    store.migrate()
    store.migrate()
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        seen = MigrationContext.configure(connection, opts={"include_name": is_compared})
        assert compare_metadata(seen, QueueRow.metadata) == []
        connection.rollback()
        connection.execute(text("ALTER TABLE ticket DROP COLUMN outcome"))
        assert compare_metadata(seen, QueueRow.metadata) != []
    engine.dispose()
    assert store.check().revision == newest_revision()
    store.close()


def test_what_an_ended_process_had_begun_can_be_gone_on_with_at_once(sql_store: Store) -> None:
    sql_store.inbox.put([a_request("a")], NOW)
    with sql_store.unit_of_work() as uow:
        uow.outbox.put([a_post("p")])
    ((old, _),) = sql_store.inbox.claim(NOW, 5)
    assert len(sql_store.outbox.claim(NOW, 5)) == 1
    assert list(sql_store.inbox.claim(NOW, 5)) == []
    assert list(sql_store.outbox.claim(NOW, 5)) == []
    sql_store.take_over()
    ((_, request),), ((_, outbound),) = sql_store.inbox.claim(NOW, 5), sql_store.outbox.claim(NOW, 5)
    assert (request.key, outbound.post.key, outbound.maybe_sent) == (a_request("a").key, "p", True)
    with pytest.raises(LeaseLost):
        sql_store.inbox.finish(old, "handled")


def test_several_may_migrate_at_once(empty_url: str) -> None:
    def migrate(_: int) -> bool:
        store = Store(make_engine(empty_url), lambda: NOW)
        store.migrate()
        health = store.check()
        store.close()
        return health.is_up_to_date

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(migrate, range(4))) == [True] * 4


def test_the_health_of_a_store_counts_what_waits(sql_store: Store) -> None:
    sql_store.inbox.put([a_request("a"), a_request("b")], NOW - DAY)
    with sql_store.unit_of_work() as uow:
        uow.outbox.put([a_post("p")])
    health = sql_store.check()
    assert (health.inbox, health.outbox, health.oldest) == (2, 1, NOW - DAY)
    assert health.database.split()[0] in {"sqlite", "postgresql"}


def test_hostile_text_is_stored_harmless_everywhere(sql_store: Store) -> None:
    ticket = a_ticket(title=HOSTILE, topic=HOSTILE, facts={HOSTILE: HOSTILE}, followers=(HOSTILE,))
    ticket.join("U5", NOW, HOSTILE)
    with sql_store.unit_of_work() as uow:
        uow.tickets.add(ticket)
        uow.log.keep("T1", 1, Entry(HOSTILE, HOSTILE, NOW, HOSTILE, files=(HOSTILE,)))
        uow.outbox.put([a_post(HOSTILE)])
    with sql_store.unit_of_work() as uow:
        (found,) = uow.tickets.search("T1", TicketFilter(topic=HOSTILE, involving=HOSTILE))
        assert (found.title, found.facts, found.followers) == (STORED, {STORED: STORED}, (STORED, "U5"))
        assert uow.log.events("T1", 1)[0].why == STORED
        assert uow.log.entries("T1", 1)[0] == Entry(STORED, STORED, NOW, STORED, files=(STORED,))
        assert uow.log.change("T1", "C1", HOSTILE, "x", NOW) == [1]


def test_a_request_with_a_hostile_key_is_still_known_by_it(sql_store: Store) -> None:
    hostile = a_request(HOSTILE, text=HOSTILE)
    assert [list(sql_store.inbox.put([hostile, hostile], NOW)) for _ in range(2)] == [[True, False], [False, False]]
    sql_store.inbox.release("T1", HOSTILE, "V1")
    ((_, request),) = sql_store.inbox.claim(NOW, 1)
    assert (request.key, request.text, request.view) == (STORED, STORED, "V1")


def test_times_come_back_in_utc_to_the_microsecond(sql_store: Store) -> None:
    at = datetime(2026, 3, 29, 3, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    with sql_store.unit_of_work() as uow:
        uow.tickets.add(a_ticket(opened_at=at))
    with sql_store.unit_of_work() as uow:
        opened_at = uow.tickets.get("T1", 1).opened_at
    assert (opened_at, opened_at.utcoffset()) == (at, timedelta(0))


def test_a_time_without_a_zone_is_refused(sql_store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"), sql_store.unit_of_work() as uow:
        uow.tickets.add(a_ticket(opened_at=naive))


def test_a_row_that_cannot_be_read_does_not_hold_up_the_others(url: str, sql_store: Store) -> None:
    sql_store.inbox.put([a_request("old"), a_request("new")], NOW)
    execute(url, """UPDATE inbox SET payload = '{"version": 0}' WHERE id = 1""")
    assert sql_store.inbox.claim(NOW, 1)[0][1].key == "new"
    assert sql_store.check().inbox == 1


def test_a_handled_request_leaves_no_payload_and_a_sent_post_no_card(url: str, sql_store: Store) -> None:
    sql_store.inbox.put([a_request("a", text="secret")], NOW)
    sql_store.inbox.finish(sql_store.inbox.claim(NOW, 1)[0][0], "not for us")
    with sql_store.unit_of_work() as uow:
        uow.outbox.put([a_post("p"), a_post("q")])
    (first, _), (second, _) = sql_store.outbox.claim(NOW, 2)
    sql_store.outbox.sent(first, MessageRef("C1", "1.1"), NOW)
    sql_store.outbox.drop(second, "gone")
    assert execute(url, "SELECT outcome, payload IS NULL FROM inbox") == [("not for us", True)]
    assert execute(url, "SELECT message, payload IS NULL FROM outbox ORDER BY id") == [("1.1", True), ("", True)]


def test_what_is_still_referred_to_or_anchors_an_open_ticket_outlives_the_purge(sql_store: Store) -> None:
    with sql_store.unit_of_work() as uow:
        uow.tickets.add(a_ticket(place=Place("C1")))
        uow.outbox.put([a_post("root"), a_post("anchor", anchors=1), a_post("gone")])
    for receipt, outbound in sql_store.outbox.claim(NOW, 3):
        sql_store.outbox.sent(receipt, MessageRef("C1", outbound.post.key), NOW)
    with sql_store.unit_of_work() as uow:
        uow.outbox.put([a_post("u", update_of="root")])
    assert sql_store.purge(NOW + DAY) == 1
    with sql_store.unit_of_work() as uow:
        uow.outbox.put([a_post("v", update_of="anchor")])
    targets = [outbound.target for _, outbound in sql_store.outbox.claim(NOW, 9)]
    assert targets == [MessageRef("C1", "root"), MessageRef("C1", "anchor")]


def test_a_fault_of_ours_is_not_taken_for_an_absent_database(empty_url: str) -> None:
    store = Store(make_engine(empty_url), lambda: NOW)
    with pytest.raises(DBAPIError, match="inbox"):
        store.inbox.claim(NOW, 1)
    with pytest.raises(LeaseLost):
        store.migrate()
        store.inbox.finish(Receipt(1, 1, 1), "x")
    store.close()


def test_a_clock_of_a_ticket_that_is_not_there_is_refused(sql_store: Store) -> None:
    with pytest.raises(DBAPIError), sql_store.unit_of_work() as uow:
        uow.clocks.save("T1", 9, [a_clock()], [None])


def test_postgres_going_away_is_told_and_its_return_is_enough(postgres: Postgres) -> None:
    store = Store(make_engine(postgres.create_database()), lambda: NOW)
    store.migrate()
    with pytest.raises(StoreUnavailable), store.unit_of_work() as uow:
        uow.tickets.add(a_ticket())
        postgres.cut_connections()
        uow.tickets.add(a_ticket())
    postgres.cut_connections()
    with store.unit_of_work() as uow:
        assert uow.tickets.add(a_ticket()).number == 1
    store.close()


def test_a_postgres_server_out_of_reach_is_told() -> None:
    store = Store(make_engine("postgresql://nobody@127.0.0.1:1/none"), lambda: NOW)
    with pytest.raises(StoreUnavailable):
        store.inbox.put([a_request("a")], NOW)


def test_a_missing_sqlite_folder_is_told_and_its_return_is_enough(tmp_path: Path) -> None:
    store = Store(make_engine(f"sqlite:///{tmp_path / 'disk' / 'store.sqlite3'}"), lambda: NOW)
    with pytest.raises(StoreUnavailable):
        store.migrate()
    (tmp_path / "disk").mkdir()
    store.migrate()
    assert list(store.inbox.put([a_request("a")], NOW)) == [True]
    store.close()


def test_an_sqlite_file_locked_by_another_process_is_told(sqlite_url: str) -> None:
    store = Store(make_engine(sqlite_url, busy_timeout_s=0.05), lambda: NOW)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        store.check()
    other.close()
    assert store.check().is_up_to_date
    store.close()


def test_a_full_disk_is_told(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:  # the pool hands out this same connection again
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    store = Store(engine, lambda: NOW)
    with pytest.raises(StoreUnavailable):
        store.inbox.put([a_request("a", text="x" * 500_000)], NOW)
    store.close()


def test_a_transaction_within_a_transaction_is_a_fault_that_is_told_at_once(sqlite_url: str) -> None:
    store = Store(make_engine(sqlite_url), lambda: NOW)
    with pytest.raises(RuntimeError, match="within"), store.unit_of_work():
        store.inbox.claim(NOW, 1)
    assert store.inbox.claim(NOW, 1) == []
    store.close()


def test_only_sqlite_and_postgres_are_stores() -> None:
    with pytest.raises(Invalid, match="mysql"):
        make_engine("mysql://localhost/x")


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = make_engine(url)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows
