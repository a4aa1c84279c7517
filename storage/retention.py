"""Forgetting: finished rows of inbox and outbox are deleted after a while, a few at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete, or_, select
from sqlalchemy.orm import aliased

from storage.engine import session
from storage.queue import UNSYNCHRONISED
from storage.seals import SqlSeals
from storage.tables import IS_OPEN, TicketRow
from storage.tables_around import InboxRow, OutboxRow, QueueRow
from storage.tables_places import AwaitedRow, KeptFileRow, SentMessageRow

BATCH = 1000
FILES_LAST = timedelta(days=335)  # longer than all else: a year in all


def purge(engine: Engine, before: datetime, batch: int = BATCH) -> int:
    """Delete inbox and outbox rows that were finished before a time; how many. Raises StoreUnavailable.

    At most `batch` rows go in one transaction, so that nobody waits long. A post stays while another one that is
    to be sent refers to it, and the one that anchors a ticket while that is open: its card is still updated.
    """
    queues = _purge(engine, InboxRow, (), before, batch) + _purge(engine, OutboxRow, _unneeded(), before, batch)
    passed = _forget(engine, SentMessageRow, before) + _forget(engine, AwaitedRow, before)
    with session(engine) as opened:
        unused = SqlSeals(opened).drop_unused(before)
    return queues + passed + unused + _forget(engine, KeptFileRow, before - FILES_LAST)


def _purge(
    engine: Engine, row: type[QueueRow], unneeded: tuple[ColumnElement[bool], ...], before: datetime, batch: int
) -> int:
    deleted = 0
    while True:
        with session(engine) as opened:
            old = select(row.id).where(row.finished_at < before, *unneeded).limit(batch)
            gone = opened.scalars(
                delete(row).where(row.id.in_(old)).returning(row.id), execution_options=UNSYNCHRONISED
            ).all()
        deleted += len(gone)
        if len(gone) < batch:
            return deleted


def _forget(engine: Engine, row: type[AwaitedRow | KeptFileRow | SentMessageRow], before: datetime) -> int:
    """The message of a key is looked up minutes after it was sent, and answers are waited for but seconds."""
    with session(engine) as opened:
        gone = opened.execute(delete(row).where(row.at < before), execution_options=UNSYNCHRONISED)
        return int(getattr(gone, "rowcount", 0))


def _unneeded() -> tuple[ColumnElement[bool], ...]:
    other = aliased(OutboxRow)
    referring = select(other.id).where(
        other.workspace == OutboxRow.workspace,
        or_(other.update_of == OutboxRow.key, other.in_thread_of == OutboxRow.key),
        other.finished_at.is_(None),
    )
    open_ticket = select(TicketRow.number).where(
        TicketRow.workspace == OutboxRow.workspace, TicketRow.number == OutboxRow.anchors, IS_OPEN
    )
    return (~referring.exists(), ~open_ticket.exists())
