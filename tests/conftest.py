"""What tests of several kinds need: databases, and a store on each of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine import make_engine
from storage.store import Store
from tests.support.memory import MemoryStore
from tests.support.postgres import Postgres, run_postgres
from tests.support.samples import NOW

AnyStore = Store | MemoryStore
LEASE = timedelta(seconds=60)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the browser's driver keeps an event loop running that others would trip over."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server."""
    with run_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """The URL of a PostgreSQL database with our tables."""
    return _migrated(postgres.create_database())


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our tables and nothing in them."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create_database()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with our tables and nothing in them."""
    return _url(str(request.param), request)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The URL of an SQLite file with our tables and nothing in them."""
    path = tmp_path / "store.sqlite3"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sql_store(url: str) -> Iterator[Store]:
    """A store on each database. Its time is NOW."""
    store = Store(make_engine(url), lambda: NOW, LEASE)
    yield store
    store.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[AnyStore]:
    """Each store there is. Its time is NOW."""
    if request.param == "memory":
        yield MemoryStore(lambda: NOW, LEASE)
        return
    store = Store(make_engine(_url(str(request.param), request)), lambda: NOW, LEASE)
    yield store
    store.close()


def _url(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "postgres":
        url: str = request.getfixturevalue("migrated_postgres")
        request.getfixturevalue("postgres").empty(url)
        return url
    found: str = request.getfixturevalue("sqlite_url")
    return found


def _migrated(url: str) -> str:
    store = Store(make_engine(url), lambda: NOW)
    store.migrate()
    store.close()
    return url
