"""The inbox: requests are stored before they are acknowledged, and each is handled once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import null, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.domain.errors import StoreUnavailable
from bot.messages import Request
from bot.ports import UnitOfWorkFactory
from bot.queues import Receipt
from storage.arrivals import Names, insert_new, names_of
from storage.codec import load_request
from storage.engine import is_deadlock, session
from storage.queue import UNSYNCHRONISED, SqlQueue, settle
from storage.tables_around import InboxRow, QueueState
from storage.unit_of_work import SqlUnitOfWork, unit_of_work

HANDLED = "handled"
PUT_TRIES = 5


class SqlInbox(SqlQueue[InboxRow, Request]):
    """Implements bot.queues.Arrivals and bot.queues.Inbox. A parked row does not hold up its lane."""

    row = InboxRow
    parked_blocks = False

    def put(self, requests: Sequence[Request], now: datetime, held_until: datetime | None = None) -> Sequence[bool]:
        """Store requests durably, all or none; for each, True if it is new. Held rows are not claimed before
        that time.
        """
        if not requests:
            return []
        new = self._insert(requests, now, held_until or now)
        told = []
        for names in map(names_of, requests):
            told.append(names in new)
            new.discard(names)  # the same request again in one batch is known by then
        return told

    def release(self, workspace: str, key: str, view: str) -> None:
        """A held row may be handled now; `view` is where its form stands. Nothing happens if it was claimed."""
        wanted = select(InboxRow).where(InboxRow.workspace == workspace, InboxRow.key == key)
        with session(self._engine) as opened:
            row = opened.scalars(wanted.with_for_update()).one_or_none()
            if row is None or row.state != QueueState.READY or row.payload is None:
                return
            opened.execute(
                update(InboxRow)
                .where(InboxRow.id == row.id)
                .values(payload=row.payload | {"view": view}, next_at=self._now()),
                execution_options=UNSYNCHRONISED,
            )

    def working_on(self, receipt: Receipt) -> UnitOfWorkFactory:
        """A unit of work that also settles this row when it commits; it then raises LeaseLost if the row is not
        ours any more, and nothing is stored. Only one of them can commit.
        """

        def begin() -> AbstractContextManager[SqlUnitOfWork]:
            return unit_of_work(self._engine, self._now, lambda opened: self._finish(opened, receipt, HANDLED))

        return begin

    def finish(self, receipt: Receipt, outcome: str) -> None:
        """Handled without a unit of work; wipe its payload. Raises LeaseLost."""
        with session(self._engine) as opened:
            self._finish(opened, receipt, outcome)

    def _read(self, opened: Session, row: InboxRow, now: datetime) -> Request:
        return load_request(row.payload)

    def _finish(self, opened: Session, receipt: Receipt, outcome: str) -> None:
        values = {"state": QueueState.DONE, "outcome": outcome, "payload": null(), "finished_at": self._now()}
        settle(opened, InboxRow, receipt, values)

    def _insert(self, requests: Sequence[Request], now: datetime, next_at: datetime) -> set[Names]:
        for _ in range(PUT_TRIES):
            try:
                return self._insert_once(requests, now, next_at)
            except StoreUnavailable as error:
                if not is_deadlock(error.__cause__):
                    raise
            except DBAPIError as error:
                if not is_deadlock(error):
                    raise
        # Two batches with the same keys in another order wait for each other; one of them goes first next time.
        return self._insert_once(requests, now, next_at)

    def _insert_once(self, requests: Sequence[Request], now: datetime, next_at: datetime) -> set[Names]:
        with session(self._engine, first=True) as opened:
            return insert_new(opened, requests, now, next_at)
