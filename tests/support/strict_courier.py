"""Delivery of payloads to the bot with Slack's patience: an event is tried again until acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol

from tests.support.strict_state import COMMANDS, EVENTS, INTERACTIVE, Delivery, State

Json = dict[str, Any]


MOST_SENDINGS = 50


class NotAckedError(Exception):
    """A try that brought no acknowledgement; reason in Slack's words (timeout, connection_failed, …).

    counts: whether it uses up one of the delivery's tries; a connection that broke does not.
    """

    def __init__(self, reason: str, counts: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.counts = counts


class Transport(Protocol):
    """A way to the bot."""

    async def send(self, delivery: Delivery, attempt: int, reason: str | None) -> Json | None:
        """One try; the bot's answer once it acknowledged, NotAckedError if it did not in time."""
        ...


class Courier:
    """Delivers over one transport; keeps each delivery in the state."""

    def __init__(self, state: State, transport: Transport) -> None:
        self._state = state
        self._transport = transport
        self._tasks: set[asyncio.Task[Any]] = set()

    def launch(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let something run beside."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._state.crashes.append(error)

    async def stop(self) -> None:
        """End what still runs."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def deliver(self, delivery: Delivery) -> bool:
        """Deliver and keep trying as Slack does; whether the bot acknowledged in the end."""
        self._state.deliveries.append(delivery)
        tries = self._state.faults.tries if delivery.kind == EVENTS else 1
        reason: str | None = None
        attempt = 0
        while tries > 0 and delivery.acked_at is None and attempt < MOST_SENDINGS:
            if attempt:
                # Spread, as Slack's own retries are: all at once would drown a bot that just came back.
                await asyncio.sleep(self._state.faults.retry_pause * self._state.between(0.5, 1.5))
            try:
                await self._transport.send(delivery, attempt, reason)
            except NotAckedError as error:
                reason, attempt = error.reason, attempt + 1
                tries -= error.counts or delivery.kind != EVENTS
        self._maybe_repeat(delivery)
        return delivery.acked_at is not None

    def _maybe_repeat(self, delivery: Delivery) -> None:
        faults = self._state.faults
        if delivery.kind in faults.repeated_kinds and self._state.chance(faults.repeated):
            self.launch(self.repeat(delivery))

    async def repeat(self, delivery: Delivery) -> None:
        """Send the same payload once more, as a retry; whatever the bot answers."""
        try:
            await self._transport.send(delivery, 1, "timeout")
        except NotAckedError:
            return


def key_of(kind: str, payload: Json) -> str:
    """What tells a payload from all others: its event id, else its trigger, else the closed view."""
    if kind == EVENTS:
        return str(payload["event_id"])
    if kind in (COMMANDS, INTERACTIVE) and payload.get("trigger_id"):
        return str(payload["trigger_id"])
    return f"{payload.get('type')}-{payload.get('view', {}).get('hash')}"
