"""The engine: one way to begin a transaction on SQLite and PostgreSQL, and their errors in our words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from bot.domain.errors import Invalid, StoreUnavailable
from storage.codec import dump_json
from storage.turns import Turns
from storage.vectors import Vectors

BUSY_TIMEOUT_S = 30.0
POOL_SIZE = 10
UNAVAILABLE = "The database cannot be reached or written just now; nothing was stored. It is tried again."

# SQLite's primary result codes for a file that is locked, out of reach, full, read-only or damaged; its code 1
# stands for faulty SQL, which is a fault of ours.
_SQLITE_AWAY = frozenset({
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
})  # fmt: skip
_PG_READ_ONLY = "25006"
_PG_DEADLOCK = "40P01"
_WAL_TRIES = 100
_WAL_PAUSE_S = 0.1


def make_engine(url: str, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """An engine for a `sqlite:///file` or `postgresql://` URL; it connects on first use.

    SQLite: write-ahead log, every commit on disk, each transaction a writer's, in turn. PostgreSQL: up to 20
    connections, checked before use, READ COMMITTED. `busy_timeout_s`: how long SQLite waits for another process
    that writes. Raises Invalid for another database.
    """
    parsed = _parsed(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite_engine(parsed, busy_timeout_s)
    if backend in {"postgresql", "postgres"}:
        return _postgres_engine(parsed.set(drivername="postgresql+psycopg"))
    raise Invalid(f"DATABASE_URL names {backend}; the bot works with SQLite or PostgreSQL (postgresql+psycopg://…).")


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction: committed on leaving, rolled back on an exception. Raises StoreUnavailable."""
    with translate_errors(), _turn(engine), engine.begin() as connection:
        yield connection


@contextmanager
def session(engine: Engine, *, first: bool = False) -> Iterator[Session]:
    """A transaction as a session that always reads what the database holds. Raises StoreUnavailable.

    `first`: where transactions take turns, this one is the next.
    """
    fresh = {"populate_existing": True}
    with (
        translate_errors(),
        _turn(engine, first),
        Session(engine, autoflush=False, expire_on_commit=False, execution_options=fresh) as opened,
        opened.begin(),
    ):
        yield opened


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raise StoreUnavailable where the database is away, locked, full or read-only; faults of ours stay."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(UNAVAILABLE) from error
    except DBAPIError as error:
        if _is_away(error):
            raise StoreUnavailable(UNAVAILABLE) from error
        raise


def is_deadlock(error: BaseException | None) -> bool:
    """True if PostgreSQL broke off a transaction because two of them waited for each other."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == _PG_DEADLOCK


def _is_away(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code & 0xFF in _SQLITE_AWAY
    if getattr(error.orig, "sqlstate", None) == _PG_READ_ONLY or error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | InterfaceError)


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise Invalid(
            "DATABASE_URL is no address. It looks like postgresql+psycopg://user:password@host/name."
        ) from error


def _turn(engine: Engine, first: bool = False) -> AbstractContextManager[None]:
    turns: Turns | None = engine.get_execution_options().get("turns")
    if turns is None:
        return nullcontext()
    return turns.first() if first else turns


def _postgres_engine(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=True,
        execution_options={"vectors": Vectors()},
        isolation_level="READ COMMITTED",
        connect_args={"application_name": "it-liaison", "connect_timeout": 10},
        json_serializer=dump_json,
        json_deserializer=from_json,
    )


def _sqlite_engine(url: URL, busy_timeout_s: float) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": busy_timeout_s, "check_same_thread": False},
        execution_options={"turns": Turns(), "vectors": Vectors()},
        json_serializer=dump_json,
        json_deserializer=from_json,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_immediate` does
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten, seals above all
    _switch_to_wal(connection)


def _switch_to_wal(connection: Any) -> None:
    # Of several processes that open a new file at once, all but one are refused here without the busy timeout.
    for _ in range(_WAL_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_WAL_PAUSE_S)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _begin_immediate(connection: Connection) -> None:
    # A reader that turns writer half-way would be refused at once; who asks for the write lock first is queued.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
