"""What inbox and outbox share: claiming rows under a lease, and settling them while the lease is ours."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, Integer, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.errors import LeaseLost
from bot.ports import Now
from bot.queues import Parked, Receipt
from storage.columns import UtcTime
from storage.engine import session
from storage.tables_around import QueueRow, QueueState

Row = TypeVar("Row", bound=QueueRow)
Item = TypeVar("Item")

LEASE = timedelta(seconds=60)
UNSYNCHRONISED = {"synchronize_session": False}
MOMENT = bindparam("_now", type_=UtcTime())


class SqlQueue(ABC, Generic[Row, Item]):
    """Implements bot.queues.Queue; every call is a transaction of its own.

    A row is claimed under a lease: while it runs, only the holder of the receipt may settle the row. When it runs
    out the row may be claimed anew, and its `fence` then tells the new holder from the old one.
    """

    row: type[Row]
    parked_blocks: ClassVar[bool]

    def __init__(self, engine: Engine, now: Now, lease: timedelta = LEASE) -> None:
        self._engine = engine
        self._now = now
        self._lease = lease

    def claim(self, now: datetime, limit: int) -> Sequence[tuple[Receipt, Item]]:
        """Up to `limit` rows that are ready, in the order they came, one of each lane at most, under a lease."""
        while True:
            with session(self._engine) as opened:
                rows = self._take(opened, now, limit)
                read = [
                    (Receipt(row.id, row.fence, row.attempts), self._read_or_fail(opened, row, now)) for row in rows
                ]
            claimed = [(receipt, item) for receipt, item in read if item is not None]
            if claimed or not rows:  # else all of them turned out to be hopeless: look for others
                return claimed

    def retry(self, receipt: Receipt, at: datetime, why: str) -> None:
        """Try again at a time. Raises LeaseLost."""
        with session(self._engine) as opened:
            values = {"state": QueueState.READY, "next_at": at, "why": why, "parked_at": None}
            settle(opened, self.row, receipt, values | self._doubts(why))

    def park(self, receipt: Receipt, at: datetime, why: str) -> None:
        """Set aside until somebody mends the cause; looked at again at a time. Raises LeaseLost."""
        with session(self._engine) as opened:
            since = func.coalesce(self.row.parked_at, self._now())
            values = {"state": QueueState.PARKED, "next_at": at, "why": why, "parked_at": since}
            settle(opened, self.row, receipt, values | self._doubts(why))

    def parked(self) -> Sequence[Parked]:
        """What is set aside, oldest first."""
        set_aside = (self.row.finished_at.is_(None), self.row.state == QueueState.PARKED)
        with session(self._engine) as opened:
            rows = opened.scalars(select(self.row).where(*set_aside).order_by(self.row.id)).all()
            name = self.row.__tablename__
            return [Parked(name, row.id, row.workspace, row.why, row.parked_at or row.next_at) for row in rows]

    def wake(self, workspace: str, now: datetime) -> int:
        """Make all parked rows of a workspace ready now; how many."""
        with session(self._engine) as opened:
            return wake(opened, self.row, workspace, now)

    def take_over(self) -> None:
        """End all leases: for one who knows that whoever held them has ended."""
        held = (self.row.finished_at.is_(None), self.row.state == QueueState.CLAIMED)
        with session(self._engine) as opened:
            ended = update(self.row).where(*held).values(lease_until=self._now())
            opened.execute(ended, execution_options=UNSYNCHRONISED)

    @abstractmethod
    def _read(self, opened: Session, row: Row, now: datetime) -> Item | None:
        """What is in a claimed row; None if it was settled as hopeless instead."""

    def _claimable(self) -> Sequence[ColumnElement[bool]]:
        """Further conditions for a row to be claimed."""
        return ()

    def _claim_values(self) -> dict[str, Any]:
        """Further columns that change with a claim."""
        return {}

    def _doubts(self, why: str) -> dict[str, Any]:
        """Further columns that change when a try has failed."""
        return {}

    def _take(self, opened: Session, now: datetime, limit: int) -> list[Row]:
        given = {"_now": now, "_until": now + self._lease, "_most": limit}
        rows = opened.scalars(self._claiming, given, execution_options=UNSYNCHRONISED)
        return sorted(rows, key=lambda row: row.id)

    @cached_property
    def _claiming(self) -> ReturningUpdate[Row]:
        """The statement that claims rows; it is built once, for to build it takes longer than to run it."""
        picked = (
            select(self.row.id)
            .where(self.row.finished_at.is_(None), self._is_due(), ~self._lane_is_busy(), *self._claimable())
            .order_by(self.row.id)
            .limit(bindparam("_most", type_=Integer))
            .with_for_update(of=self.row, skip_locked=True)
            .cte("picked")
        )
        values = {
            "state": QueueState.CLAIMED,
            "lease_until": bindparam("_until", type_=UtcTime()),
            "fence": self.row.fence + 1,
            "attempts": self.row.attempts + 1,
        }
        claim = update(self.row).where(self.row.id.in_(select(picked.c.id)))
        return claim.values(values | self._claim_values()).returning(self.row)

    def _is_due(self) -> ColumnElement[bool]:
        waiting = self.row.state.in_([QueueState.READY, QueueState.PARKED])
        return or_(
            and_(waiting, self.row.next_at <= MOMENT),
            and_(self.row.state == QueueState.CLAIMED, self.row.lease_until <= MOMENT),
        )

    def _lane_is_busy(self) -> ColumnElement[bool]:
        """An earlier row of the lane is to be handled first, or any other row of it is being handled."""
        other = aliased(self.row)
        first = other.state.in_([QueueState.READY, QueueState.CLAIMED])
        set_aside = other.state == QueueState.PARKED
        if not self.parked_blocks:
            set_aside = and_(set_aside, other.next_at <= MOMENT)
        in_work = and_(other.state == QueueState.CLAIMED, other.lease_until > MOMENT)
        return (
            select(other.id)
            .where(other.finished_at.is_(None), other.workspace == self.row.workspace, other.lane == self.row.lane)
            .where(or_(and_(other.id < self.row.id, or_(first, set_aside)), and_(other.id > self.row.id, in_work)))
            .exists()
        )

    def _read_or_fail(self, opened: Session, row: Row, now: datetime) -> Item | None:
        try:
            return self._read(opened, row, now)
        except ValidationError as error:
            # One row that cannot be read must not keep all others from being handled. Its payload stays.
            give_up(opened, row, f"unreadable: {error.error_count()} faults, first {error.errors()[0]['loc']}", now)
            return None


def settle(opened: Session, row: type[QueueRow], receipt: Receipt, values: dict[str, Any]) -> None:
    """Change a claimed row and end its lease. Raises LeaseLost if the claim is not ours any more."""
    settled = opened.scalars(
        update(row)
        .where(row.id == receipt.id, row.fence == receipt.fence, row.state == QueueState.CLAIMED)
        .values(values | {"lease_until": None})
        .returning(row.id),
        execution_options=UNSYNCHRONISED,
    )
    if settled.first() is None:
        raise LeaseLost("Another worker has taken this over.")


def wake(opened: Session, row: type[QueueRow], workspace: str, now: datetime) -> int:
    """Make all parked rows of a workspace ready now; how many."""
    woken = opened.scalars(
        update(row)
        .where(row.workspace == workspace, row.finished_at.is_(None), row.state == QueueState.PARKED)
        .values(state=QueueState.READY, next_at=now, parked_at=None)
        .returning(row.id),
        execution_options=UNSYNCHRONISED,
    )
    return len(woken.all())


def give_up(opened: Session, row: QueueRow, why: str, now: datetime) -> None:
    """Settle a row just claimed as failed."""
    receipt = Receipt(row.id, row.fence, row.attempts)
    settle(opened, type(row), receipt, {"state": QueueState.FAILED, "why": why, "finished_at": now})
