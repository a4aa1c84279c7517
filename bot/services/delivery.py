"""One step of the outbox: a row claimed, sent, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.errors import Ambiguous, LeaseLost, Passing, Permanent
from bot.messages import MessageRef
from bot.ports import Messages, Now, Outbound, Outbox, Receipt
from bot.services.handling import backoff

AT_ONCE = 8
PARKED_FOR = timedelta(minutes=10)
GONE = "gone"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sender:
    """Brings the outbox into the chat, each message exactly once."""

    outbox: Outbox
    messages: Messages
    now: Now

    def step(self) -> bool:
        """Claim some rows and send them one by one. True if there may be more."""
        rows = self.outbox.claim(self.now(), AT_ONCE)
        for receipt, outbound in rows:
            self._send(receipt, outbound)
        return bool(rows)

    def _send(self, receipt: Receipt, outbound: Outbound) -> None:
        try:
            ref = self._deliver(outbound)
            self.outbox.sent(receipt, ref, self.now())
        except LeaseLost:
            log.info("lease_lost", post=outbound.post.key)
        except Passing as error:
            self._put_off(receipt, outbound, error)
        except Permanent as error:
            self._give_up(receipt, outbound, error)

    def _deliver(self, outbound: Outbound) -> MessageRef | None:
        post = outbound.post
        if post.update_of:
            if outbound.target is not None:
                self.messages.update(post.workspace, outbound.target, post.card, post.key)
            return outbound.target
        if outbound.maybe_sent:
            found = self.messages.find(post.workspace, outbound.to, post.key, outbound.first_tried_at)
            if found is not None:
                log.info("found_sent", post=post.key)
                return found
        return self.messages.post(post.workspace, outbound.to, post.card, post.key)

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
