"""One step of the outbox: a row claimed, sent, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.errors import Ambiguous, LeaseLost, Passing, Permanent
from bot.messages import Card, MessageRef
from bot.ports import Messages, Now
from bot.queues import Outbound, Outbox, Receipt
from bot.services.gallery import Gallery
from bot.services.handling import backoff

AT_ONCE = 8
PARKED_FOR = timedelta(minutes=10)
# Half a lease: whoever begins later might post what another has looked for and posted already.
BEGINS_WITHIN = timedelta(seconds=30)
GONE = "gone"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sender:
    """Brings the outbox into the chat, each message exactly once."""

    outbox: Outbox
    messages: Messages
    now: Now
    begins_within: timedelta = BEGINS_WITHIN
    gallery: Gallery | None = None

    def step(self) -> bool:
        """Claim some rows and send them one by one. True if there may be more."""
        claimed_at = self.now()
        rows = self.outbox.claim(claimed_at, AT_ONCE)
        for receipt, outbound in rows:
            if self.now() - claimed_at > self.begins_within:
                log.info("left_to_others", post=outbound.post.key)
                continue
            try:
                self._send(receipt, outbound)
            except LeaseLost:
                log.info("lease_lost", post=outbound.post.key)
        return bool(rows)

    def _send(self, receipt: Receipt, outbound: Outbound) -> None:
        try:
            ref = self._deliver(outbound, receipt.attempts)
        except Passing as error:
            self._put_off(receipt, outbound, error)
        except Permanent as error:
            self._give_up(receipt, outbound, error)
        else:
            self._note_sent(receipt, outbound, ref)

    def _note_sent(self, receipt: Receipt, outbound: Outbound, ref: MessageRef | None) -> None:
        try:
            self.outbox.sent(receipt, ref, self.now())
        except Passing as error:
            self._put_off(receipt, outbound, Ambiguous(f"it is in the chat, but could not be noted. {error.words}"))

    def _deliver(self, outbound: Outbound, attempt: int) -> MessageRef | None:
        post = outbound.post
        if post.update_of and outbound.target is None:
            return None
        if outbound.maybe_sent and not post.update_of:
            found = self.messages.find(post.workspace, outbound.to, post.key, outbound.first_tried_at)
            if found is not None:
                log.info("found_sent", post=post.key)
                return found
        if self.gallery is None:
            return self._show(outbound, post.card)
        hung = self.gallery.hang(post, attempt)
        try:
            return self._show(outbound, hung)
        except Permanent as error:
            return self._show(outbound, self.gallery.after_refusal(post, error, attempt))

    def _show(self, outbound: Outbound, card: Card) -> MessageRef:
        post = outbound.post
        if post.update_of and outbound.target is not None:
            self.messages.update(post.workspace, outbound.target, card, post.key)
            return outbound.target
        return self.messages.post(post.workspace, outbound.to, card, post.key)

    def _put_off(self, receipt: Receipt, outbound: Outbound, error: Passing) -> None:
        sure = "" if isinstance(error, Ambiguous) else "not sent: "
        why = f"{sure or 'ambiguous: '}{error.words}"
        log.warning("post_put_off", post=outbound.post.key, why=why, attempt=receipt.attempts)
        self.outbox.retry(receipt, self.now() + backoff(receipt.attempts, error.retry_after), why)

    def _give_up(self, receipt: Receipt, outbound: Outbound, error: Permanent) -> None:
        log.warning("post_parked", post=outbound.post.key, code=error.code, why=error.words)
        if error.code == GONE:
            self.outbox.drop(receipt, error.words)
            return
        self.outbox.park(receipt, self.now() + PARKED_FOR, f"{error.words} {error.mend}".strip())
