"""The store: everything that is kept, behind the ports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bot.domain.errors import Invalid
from bot.ports import Now, Watched
from storage.engine import session, transaction
from storage.inbox import SqlInbox
from storage.loading import load
from storage.migrate import newest_revision, revision_of, upgrade
from storage.outbox import SqlOutbox
from storage.places import SqlPlaces
from storage.queue import LEASE
from storage.retention import purge
from storage.shelf import SqlShelf
from storage.tables_around import InboxRow, OutboxRow, QueueRow
from storage.unit_of_work import SqlUnitOfWork, unit_of_work


@dataclass(frozen=True, slots=True)
class Health:
    """How the store is: database and version, revision found and needed, unfinished rows of both queues."""

    database: str
    revision: str
    needed: str
    inbox: int = 0
    outbox: int = 0
    oldest: datetime | None = None

    @property
    def is_up_to_date(self) -> bool:
        """True if nothing is to be migrated."""
        return self.revision == self.needed


class Store:
    """One database. `now` gives the time of what is written without being told one."""

    def __init__(self, engine: Engine, now: Now, lease: timedelta = LEASE) -> None:
        self._engine = engine
        self._now = now
        self.lease = lease
        self.inbox = SqlInbox(engine, now, lease)
        self.outbox = SqlOutbox(engine, now, lease)
        self.places = SqlPlaces(engine, now)
        self.shelf = SqlShelf(engine, now)

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @property
    def hands(self) -> int:
        """How many threads may well write at once: on SQLite they would only wait for their turn."""
        return 2 if self.backend == "postgresql" else 1

    def unit_of_work(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A transaction over the whole store; a bot.ports.UnitOfWorkFactory."""
        return unit_of_work(self._engine, self._now)

    def migrate(self) -> None:
        """Bring the database up to date, whoever else does so at the same time. Raises StoreUnavailable."""
        upgrade(self._engine)

    def take_over(self) -> None:
        """Go on at once with what another process had begun: only for one who knows that it has ended."""
        self.inbox.take_over()
        self.outbox.take_over()

    def check(self) -> Health:
        """How the store is. Raises StoreUnavailable if it cannot be reached or written."""
        with transaction(self._engine) as connection:
            version = ".".join(map(str, connection.dialect.server_version_info or ()))
            database, revision = f"{connection.dialect.name} {version}".strip(), revision_of(connection)
        health = Health(database, revision, newest_revision())
        return self._counted(health) if health.is_up_to_date else health

    def load(self, watched: Iterable[Watched]) -> int:
        """Store many tickets that bring their numbers, new in their workspaces, with their pending events, their
        clocks and the next looks; how many. All or none.
        """
        return load(self._engine, watched)

    def purge(self, before: datetime) -> int:
        """Delete what was finished in inbox and outbox, sent or awaited before a time; how many rows."""
        return purge(self._engine, before)

    def copy_to(self, file: Path) -> None:
        """Copy an SQLite database, such as one in memory, into a new file. Raises Invalid for another database."""
        with closing(self._engine.raw_connection()) as held, closing(sqlite3.connect(file)) as copied:
            if not isinstance(held.driver_connection, sqlite3.Connection):
                raise Invalid("Only an SQLite database can be copied into a file.")
            held.driver_connection.backup(copied)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _counted(self, health: Health) -> Health:
        with session(self._engine) as opened:
            # Changes nothing, but fails where nothing can be written.
            opened.execute(text("UPDATE workspace SET last_number = last_number WHERE workspace = ''"))
            inbox, first = _unfinished(opened, InboxRow)
            outbox, second = _unfinished(opened, OutboxRow)
        oldest = min(filter(None, (first, second)), default=None)
        return Health(health.database, health.revision, health.needed, inbox, outbox, oldest)


def _unfinished(opened: Session, row: type[QueueRow]) -> tuple[int, datetime | None]:
    counted = opened.execute(select(func.count(), func.min(row.created_at)).where(row.finished_at.is_(None))).one()
    return counted[0], counted[1]
