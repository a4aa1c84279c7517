"""The outbox: what waits to be sent, in the order of its lanes, and where it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, null, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from bot.domain.errors import LeaseLost
from bot.messages import Address, MessageRef, Post
from bot.queues import Outbound, Receipt
from storage.codec import load_post
from storage.engine import session
from storage.queue import MOMENT, UNSYNCHRONISED, SqlQueue, give_up, settle
from storage.tables import TicketRow
from storage.tables_around import OutboxRow, QueueState

AMBIGUOUS = "ambiguous"


class Whereabouts(NamedTuple):
    """Where a post goes: its address, or the message it replaces; or why it can go nowhere."""

    to: Address
    target: MessageRef | None = None
    hopeless: str = ""


class SqlOutbox(SqlQueue[OutboxRow, Outbound]):
    """Implements bot.queues.Outbox. A parked row holds up its lane, a failed one does not.

    `retry` and `park` with a `why` that begins with "ambiguous" note that the try may have got through, and so
    does a lease that ran out; from then on each claim says so, for a look that was itself cut short must be
    repeated.
    """

    row = OutboxRow
    parked_blocks = True

    def sent(self, receipt: Receipt, ref: MessageRef | None, now: datetime) -> None:
        """It is in the chat; remember where, and wipe the card. Anchors its ticket's thread if it is to.

        `ref` None: where it was to go, for an update. Raises LeaseLost.
        """
        mine = (OutboxRow.id == receipt.id, OutboxRow.fence == receipt.fence, OutboxRow.state == QueueState.CLAIMED)
        with session(self._engine) as opened:
            row = opened.scalars(select(OutboxRow).where(*mine).with_for_update()).one_or_none()
            if row is None:
                raise LeaseLost("Another worker has taken this over.")
            where = _whereabouts(opened, load_post(row.payload))
            there = ref or where.target or MessageRef("", "")
            place = {"conversation": there.conversation, "thread": where.to.thread, "message": there.message}
            done = {"state": QueueState.DONE, "payload": null(), "finished_at": now, "why": ""}
            settle(opened, OutboxRow, receipt, place | done)
            if row.anchors is not None and there.message:
                _anchor(opened, row.workspace, row.anchors, there, where.to.thread)

    def drop(self, receipt: Receipt, why: str) -> None:
        """It will never be sent: keep it as failed, without its card. Raises LeaseLost."""
        values = {"state": QueueState.FAILED, "why": why, "payload": null(), "finished_at": self._now()}
        with session(self._engine) as opened:
            settle(opened, OutboxRow, receipt, values)

    def _read(self, opened: Session, row: OutboxRow, now: datetime) -> Outbound | None:
        post = load_post(row.payload)
        where = _whereabouts(opened, post)
        if where.hopeless:
            give_up(opened, row, where.hopeless, now)
            return None
        return Outbound(post, where.to, where.target, row.maybe_sent, row.first_tried_at or now)

    def _claimable(self) -> Sequence[ColumnElement[bool]]:
        """What it refers to has been sent or given up."""
        other = aliased(OutboxRow)
        referred_to = or_(other.key == OutboxRow.update_of, other.key == OutboxRow.in_thread_of)
        pending = select(other.id).where(
            other.workspace == OutboxRow.workspace, referred_to, other.finished_at.is_(None)
        )
        return (or_((OutboxRow.update_of == "") & (OutboxRow.in_thread_of == ""), ~pending.exists()),)

    def _claim_values(self) -> dict[str, Any]:
        lost = OutboxRow.state == QueueState.CLAIMED  # its last holder never told how it went
        return {
            "maybe_sent": case((lost, true()), else_=OutboxRow.maybe_sent),
            "first_tried_at": func.coalesce(OutboxRow.first_tried_at, MOMENT),
        }

    def _doubts(self, why: str) -> dict[str, Any]:
        return {"maybe_sent": True} if why.lower().startswith(AMBIGUOUS) else {}


def _whereabouts(opened: Session, post: Post) -> Whereabouts:
    if post.update_of:
        updated = _row_of(opened, post.workspace, post.update_of)
        if updated is None or not updated.message:
            return Whereabouts(post.to, hopeless="the message it updates was never sent")
        return Whereabouts(post.to, MessageRef(updated.conversation, updated.message))
    if post.in_thread_of:
        return _thread_of(post, _row_of(opened, post.workspace, post.in_thread_of))
    if post.anchors is not None and not post.to.thread:
        return Whereabouts(_ticket_thread(opened, post))
    return Whereabouts(post.to)


def _thread_of(post: Post, root: OutboxRow | None) -> Whereabouts:
    """In the thread of another post, or where that one's own thread is; without it, to its own address."""
    if root is None:
        return Whereabouts(post.to, hopeless="" if post.to.conversation or post.to.person else "it goes nowhere")
    if not root.message:
        return Whereabouts(post.to, hopeless="the message it answers was never sent")
    conversation = post.to.conversation or root.conversation
    return Whereabouts(replace(post.to, conversation=conversation, thread=root.thread or root.message))


def _ticket_thread(opened: Session, post: Post) -> Address:
    """The ticket's thread, if it has begun in this conversation before this post could begin it."""
    wanted = select(TicketRow).where(TicketRow.workspace == post.workspace, TicketRow.number == post.anchors)
    ticket = opened.scalars(wanted).one_or_none()
    begun = ticket is not None and ticket.thread and ticket.conversation == post.to.conversation
    return replace(post.to, thread=ticket.thread) if begun and ticket else post.to


def _row_of(opened: Session, workspace: str, key: str) -> OutboxRow | None:
    return opened.scalars(select(OutboxRow).where(OutboxRow.workspace == workspace, OutboxRow.key == key)).one_or_none()


def _anchor(opened: Session, workspace: str, number: int, there: MessageRef, thread: str) -> None:
    # Not the ticket's own doing, so its revision stays: nobody who is changing it meanwhile is disturbed.
    opened.execute(
        update(TicketRow)
        .where(TicketRow.workspace == workspace, TicketRow.number == number, TicketRow.thread == "")
        .values(conversation=there.conversation, thread=thread or there.message),
        execution_options=UNSYNCHRONISED,
    )
