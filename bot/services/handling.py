"""One step of the inbox: a row claimed, handled, settled, and what the person sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.errors import LeaseLost, LiaisonError, Passing, Permanent
from bot.messages import NOTHING, Card, Reply, Request, say
from bot.ports import Forms, Home, Messages, Now, UnitOfWork, UnitOfWorkFactory
from bot.queues import Inbox, Receipt
from bot.services.desk import Desk

AT_ONCE = 8
GIVES_UP_AFTER = 12
LONGEST_WAIT = timedelta(minutes=1)
PARKED_FOR = timedelta(minutes=10)
OUR_FAULT = "Something went wrong on our side. Your request is kept, and it is tried again by itself."
TOO_LATE = "That took too long to open. Please try once more."

log = structlog.get_logger()


Route = Callable[[Desk, Request], Reply]


@dataclass(frozen=True, slots=True)
class Counter:
    """Where requests are handled: the inbox, what a desk is made of, the handlers, and the ways to answer."""

    inbox: Inbox
    desk_with: Callable[[UnitOfWorkFactory], Desk]
    route: Route
    messages: Messages
    forms: Forms
    home: Home
    now: Now

    def step(self) -> bool:
        """Claim some rows and handle them one by one. True if there may be more."""
        rows = self.inbox.claim(self.now(), AT_ONCE)
        for receipt, request in rows:
            try:
                self._handle(receipt, request)
            except LeaseLost:
                log.info("lease_lost", request=request.key)
        return bool(rows)

    def _handle(self, receipt: Receipt, request: Request) -> None:
        unit = _Watched(self.inbox.working_on(receipt))
        desk = self.desk_with(unit)
        try:
            reply = self.route(desk, request)
            if not unit.committed:
                self.inbox.finish(receipt, "done")
        except LeaseLost:
            raise
        except (Passing, Permanent) as error:
            self._put_off(receipt, request, error)
            return
        except LiaisonError as error:
            self.inbox.finish(receipt, type(error).__name__.lower())
            reply = Reply(card=Card(text=say("{words}", words=error.words)))
        except Exception as error:
            log.exception("handler_failed", request=request.key)
            self._put_off(receipt, request, error)
            return
        self._answer(request, reply)

    def _put_off(self, receipt: Receipt, request: Request, error: Exception) -> None:
        why = error.words if isinstance(error, LiaisonError) else str(error)
        log.warning("request_put_off", request=request.key, why=why, attempt=receipt.attempts)
        if receipt.attempts == 1 and not isinstance(error, LiaisonError):
            self._answer(request, Reply(card=Card(text=say(OUR_FAULT))))
        if isinstance(error, Permanent) or receipt.attempts >= GIVES_UP_AFTER:
            self.inbox.park(receipt, self.now() + PARKED_FOR, why)
            return
        wait = error.retry_after if isinstance(error, Passing) else 0.0
        self.inbox.retry(receipt, self.now() + backoff(receipt.attempts, wait), why)

    def _answer(self, request: Request, reply: Reply) -> None:
        """Show what only this person sees. It is no fact: if it fails, it is lost, and nothing else is."""
        if reply == NOTHING and not request.view:
            return
        try:
            self._show(request, reply)
        except LiaisonError as error:
            log.info("reply_lost", request=request.key, why=error.words)

    def _show(self, request: Request, reply: Reply) -> None:
        if reply.home is not None:
            self.home.publish(request.workspace, request.actor, reply.home)
        if reply.form is not None and request.view:
            self.forms.show(request, reply.form)
        elif request.view:
            self.forms.close(request, reply.card or Card(text=say("Done.")))
        elif reply.form is not None:
            self.messages.whisper(request, Card(text=say(TOO_LATE)))
        elif reply.card is not None:
            self.messages.whisper(request, reply.card, replaces=reply.replaces)


def backoff(attempts: int, told: float = 0.0) -> timedelta:
    """How long to wait before the next try: as long as we were `told` (seconds), else 1, 2, 4 … s, a minute at most."""
    if told > 0:
        return timedelta(seconds=told)
    return min(timedelta(seconds=2 ** (min(attempts, 10) - 1)), LONGEST_WAIT)


class _Watched:
    """A unit-of-work factory that remembers whether one was committed."""

    def __init__(self, make: UnitOfWorkFactory) -> None:
        self._make = make
        self.committed = False

    def __call__(self) -> AbstractContextManager[UnitOfWork]:
        return self._unit()

    @contextmanager
    def _unit(self) -> Iterator[UnitOfWork]:
        with self._make() as unit:
            yield unit
        self.committed = True
