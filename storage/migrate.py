"""Bringing a database up to date. Several processes may start at once: one does it, the others wait."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.engine import transaction

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 4_810_512_229  # any number that nothing else locks in this database


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision, the newest unless told, in one transaction. Raises StoreUnavailable."""
    with transaction(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # On SQLite the transaction itself keeps all others out.
        command.upgrade(_config(connection), revision)


def revision_of(connection: Connection) -> str:
    """The revision a database is at, empty if it has none of our tables."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest_revision() -> str:
    """The revision this program needs."""
    return ScriptDirectory.from_config(_config(None)).get_current_head() or ""


def is_compared(name: str | None, kind: str, _: object) -> bool:
    """Whether the tables of the code know a thing in the database: all but the full-text index, made by SQL alone."""
    return kind not in {"table", "index"} or not (name or "").startswith("passage_text")


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
