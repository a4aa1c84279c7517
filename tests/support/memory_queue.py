"""Inbox and outbox of the store in memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock
from typing import Generic, TypeVar, cast

from bot.domain.errors import LeaseLost
from bot.domain.ticket import Place
from bot.messages import Address, MessageRef, Post, Request
from bot.ports import Now, UnitOfWork, UnitOfWorkFactory
from bot.queues import Outbound, Parked, Receipt
from tests.support.memory_state import Row, State

Item = TypeVar("Item")
Begin = Callable[[Callable[[], None] | None], AbstractContextManager[UnitOfWork]]


class MemoryQueue(ABC, Generic[Item]):
    name: str
    parked_blocks: bool

    def __init__(self, lock: RLock, state: Callable[[], State], now: Now, lease: timedelta) -> None:
        self._lock, self._state, self._now, self._lease = lock, state, now, lease

    @property
    def _rows(self) -> list[Row]:
        rows: list[Row] = getattr(self._state(), self.name)
        return rows

    def claim(self, now: datetime, limit: int) -> Sequence[tuple[Receipt, Item]]:
        claimed: list[tuple[Receipt, Item]] = []
        with self._lock:
            for row in self._rows:
                if len(claimed) < limit and self._is_due(row, now) and not self._is_busy(row, now):
                    row.maybe_sent = row.maybe_sent or row.state == "claimed"
                    row.first_tried_at = row.first_tried_at or now
                    row.state, row.lease_until = "claimed", now + self._lease
                    row.fence, row.attempts = row.fence + 1, row.attempts + 1
                    item = self._read(row, now)
                    if item is not None:
                        claimed.append((Receipt(row.id, row.fence, row.attempts), item))
        return claimed

    def retry(self, receipt: Receipt, at: datetime, why: str) -> None:
        with self._lock:
            row = self._mine(receipt)
            row.state, row.next_at, row.why, row.parked_at = "ready", at, why, None
            row.maybe_sent = row.maybe_sent or why.startswith("ambiguous")

    def park(self, receipt: Receipt, at: datetime, why: str) -> None:
        with self._lock:
            row = self._mine(receipt)
            row.state, row.next_at, row.why = "parked", at, why
            row.parked_at = row.parked_at or self._now()
            row.maybe_sent = row.maybe_sent or why.startswith("ambiguous")

    def parked(self) -> Sequence[Parked]:
        with self._lock:
            aside = [row for row in self._rows if row.state == "parked"]
            return [Parked(self.name, row.id, row.workspace, row.why, row.parked_at or row.next_at) for row in aside]

    def wake(self, workspace: str, now: datetime) -> int:
        with self._lock:
            aside = [row for row in self._rows if row.state == "parked" and row.workspace == workspace]
            for row in aside:
                row.state, row.next_at, row.parked_at = "ready", now, None
            return len(aside)

    @abstractmethod
    def _read(self, row: Row, now: datetime) -> Item | None: ...

    def _mine(self, receipt: Receipt) -> Row:
        row = next((row for row in self._rows if row.id == receipt.id), None)
        if row is None or row.fence != receipt.fence or row.state != "claimed":
            raise LeaseLost("Another worker has taken this over.")
        row.lease_until = None
        return row

    def _finish(self, row: Row, state: str, now: datetime) -> None:
        row.state, row.item, row.finished_at = state, None, now

    def _is_due(self, row: Row, now: datetime) -> bool:
        if row.state == "claimed":
            return row.lease_until is not None and row.lease_until <= now
        return row.state in {"ready", "parked"} and row.next_at <= now

    def _is_busy(self, row: Row, now: datetime) -> bool:
        lane = [each for each in self._rows if (each.workspace, each.lane) == (row.workspace, row.lane)]
        aside = [each for each in lane if each.state == "parked" and (self.parked_blocks or each.next_at <= now)]
        first = [each for each in lane if each.state in {"ready", "claimed"}] + aside
        in_work = any(each.state == "claimed" and not self._is_due(each, now) for each in lane if each is not row)
        return in_work or any(each.id < row.id for each in first)

    def _find(self, workspace: str, key: str) -> Row | None:
        return next((row for row in self._rows if (row.workspace, row.key) == (workspace, key)), None)

    def _append(self, item: Request | Post, lane: str, at: datetime) -> bool:
        if self._find(item.workspace, item.key) is not None:
            return False
        number = max((row.id for row in self._rows), default=0) + 1
        self._rows.append(Row(number, item.workspace, item.key, lane, item, at))
        return True


class MemoryInbox(MemoryQueue[Request]):
    name = "inbox"
    parked_blocks = False
    begin: Begin

    def put(self, requests: Sequence[Request], now: datetime, held_until: datetime | None = None) -> Sequence[bool]:
        with self._lock:
            return [self._append(request, request.lane, held_until or now) for request in requests]

    def release(self, workspace: str, key: str, view: str) -> None:
        with self._lock:
            row = self._find(workspace, key)
            if row is not None and row.state == "ready":
                row.item, row.next_at = replace(cast(Request, row.item), view=view), self._now()

    def working_on(self, receipt: Receipt) -> UnitOfWorkFactory:
        return lambda: self.begin(lambda: self.finish(receipt, "handled"))

    def finish(self, receipt: Receipt, outcome: str) -> None:
        with self._lock:
            row = self._mine(receipt)
            row.outcome = outcome
            self._finish(row, "done", self._now())

    def _read(self, row: Row, now: datetime) -> Request:
        return cast(Request, row.item)


class MemoryOutbox(MemoryQueue[Outbound]):
    name = "outbox"
    parked_blocks = True

    def put(self, posts: Iterable[Post]) -> None:
        for post in posts:
            now = self._now()
            if self._append(post, post.lane, max(now, post.not_before or now)) and post.update_of:
                for row in self._rows[:-1]:
                    same = isinstance(row.item, Post) and row.item.update_of == post.update_of
                    if same and row.workspace == post.workspace and row.state == "ready" and not row.attempts:
                        self._finish(row, "done", self._now())

    def withdraw(self, workspace: str, key: str) -> bool:
        row = self._find(workspace, key)
        if row is None or row.state not in {"ready", "parked"} or row.maybe_sent:
            return False
        row.why = "withdrawn"
        self._finish(row, "done", self._now())
        return True

    def take_back(self, workspace: str, prefix: str) -> None:
        for row in self._rows:
            waits = row.state == "ready" and not row.attempts and row.next_at > self._now()
            if waits and row.workspace == workspace and row.key.startswith(prefix):
                self._finish(row, "done", self._now())

    def sent(self, receipt: Receipt, ref: MessageRef | None, now: datetime) -> None:
        with self._lock:
            row = self._mine(receipt)
            post = cast(Post, row.item)
            to, target, _ = self._whereabouts(post)
            row.ref, row.thread = ref or target, to.thread
            self._finish(row, "done", now)
            ticket = self._state().tickets.get((post.workspace, post.anchors or 0))
            if ticket is not None and row.ref is not None and not ticket.place.thread:
                thread = to.thread or row.ref.message
                ticket.place = Place(row.ref.conversation, thread, ticket.place.message)

    def drop(self, receipt: Receipt, why: str) -> None:
        with self._lock:
            row = self._mine(receipt)
            row.why = why
            self._finish(row, "failed", self._now())

    def _read(self, row: Row, now: datetime) -> Outbound | None:
        post = cast(Post, row.item)
        to, target, hopeless = self._whereabouts(post)
        if hopeless:
            self._finish(row, "failed", now)
            return None
        return Outbound(post, to, target, row.maybe_sent, row.first_tried_at or now)

    def _is_busy(self, row: Row, now: datetime) -> bool:
        post = cast(Post, row.item)
        others = [self._find(post.workspace, key) for key in (post.update_of, post.in_thread_of) if key]
        return super()._is_busy(row, now) or any(other and not other.is_finished for other in others)

    def _whereabouts(self, post: Post) -> tuple[Address, MessageRef | None, bool]:
        if post.update_of:
            updated = self._find(post.workspace, post.update_of)
            ref = updated.ref if updated is not None else None
            return post.to, ref, ref is None
        if post.in_thread_of:
            root = self._find(post.workspace, post.in_thread_of)
            if root is None or root.ref is None:
                return post.to, None, root is not None or not (post.to.conversation or post.to.person)
            conversation = post.to.conversation or root.ref.conversation
            return replace(post.to, conversation=conversation, thread=root.thread or root.ref.message), None, False
        ticket = self._state().tickets.get((post.workspace, post.anchors or 0))
        if ticket and not post.to.thread and ticket.place.conversation == post.to.conversation:
            return replace(post.to, thread=ticket.place.thread), None, False
        return post.to, None, False
