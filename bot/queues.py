"""The queues as the core needs them: requests that came in, posts that go out, and what is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from bot.messages import Address, MessageRef, Post, Request
from bot.ports import UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Receipt:
    """The claim of one worker on one row: valid while `fence` is the row's own."""

    id: int
    fence: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Parked:
    """A row that waits for somebody to mend something: which, why, since when."""

    queue: str
    id: int
    workspace: str
    why: str
    since: datetime


Item_co = TypeVar("Item_co", covariant=True)


class Queue(Protocol[Item_co]):
    """Claiming and settling rows of inbox or outbox, each call a transaction of its own."""

    def claim(self, now: datetime, limit: int) -> Sequence[tuple[Receipt, Item_co]]:
        """Up to `limit` rows that are ready, one of each lane at most, under a lease."""

    def retry(self, receipt: Receipt, at: datetime, why: str) -> None:
        """Try again at a time."""

    def park(self, receipt: Receipt, at: datetime, why: str) -> None:
        """Set aside until somebody mends the cause; looked at again at a time. Listed by `doctor`."""

    def parked(self) -> Sequence[Parked]:
        """What is set aside."""

    def wake(self, workspace: str, now: datetime) -> int:
        """Make all parked rows of a workspace ready now; how many."""


class Arrivals(Protocol):
    """The door of the inbox, as the edges see it."""

    def put(self, requests: Sequence[Request], now: datetime, held_until: datetime | None = None) -> Sequence[bool]:
        """Store requests durably; for each, True if it is new. Held rows are not claimed before that time."""

    def release(self, workspace: str, key: str, view: str) -> None:
        """A held row may be handled now; `view` is where its form stands."""


class Inbox(Queue[Request], Protocol):
    """What came in and waits to be handled."""

    def working_on(self, receipt: Receipt) -> UnitOfWorkFactory:
        """Units of work that also settle this row when they commit. Raises LeaseLost if it is not ours any more."""

    def finish(self, receipt: Receipt, outcome: str) -> None:
        """Handled without a unit of work; wipe its payload."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """A post that was claimed: where it really goes, and whether an earlier try may have got through."""

    post: Post
    to: Address
    target: MessageRef | None
    maybe_sent: bool
    first_tried_at: datetime


class Outbox(Queue[Outbound], Protocol):
    """What waits to be sent."""

    def sent(self, receipt: Receipt, ref: MessageRef | None, now: datetime) -> None:
        """It is in the chat; remember where. Anchors its ticket's thread if it is to."""

    def drop(self, receipt: Receipt, why: str) -> None:
        """It will never be sent: keep it as failed."""
