"""The door for everything that comes in from a chat: stored before it is acknowledged, many at a time."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from bot.messages import Request
from bot.platforms.disguise import concerns
from bot.ports import Now
from bot.queues import Arrivals

BATCH = 200
HOLD = timedelta(seconds=3)  # a trigger is worth this long; then the row is handled without its form
QUIET_S = 0.05

Hide = Callable[[Request], Request]


@dataclass(frozen=True, slots=True)
class _Waiting:
    request: Request
    held: bool
    told: asyncio.Future[bool]


def _as_it_is(request: Request) -> Request:
    return request


class Reception:
    """Stores requests in group commits: what waits while one commit runs goes into the next one.

    `seal` makes unreadable what nobody may read in the store, before it gets there.
    Used from one event loop; the store is only ever called in one thread of its own. `on_arrival` is called in
    the loop's thread after a commit that brought something new, and must return at once. `hide` takes out of a request
    who made it, where they ask anonymously, before anything is stored.
    """

    def __init__(
        self,
        arrivals: Arrivals,
        now: Now,
        hide: Hide | None = None,
        seal: Callable[[Request], Request] = _as_it_is,
    ) -> None:
        self.on_arrival: Callable[[], None] = _nobody
        self._arrivals = arrivals
        self._hide = hide
        self._now = now
        self._seal = seal
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reception")
        self._waiting: deque[_Waiting] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._last_came = -QUIET_S

    @property
    def busy(self) -> bool:
        """Something waits to be stored or came in during the last 50 ms: whoever can wait should."""
        return self._draining or time.monotonic() - self._last_came < QUIET_S

    async def take(self, request: Request, held: bool = False) -> bool:
        """Store a request and return when it is durable; False if its key was known already.

        A held one is not handled before it is released or three seconds have passed. Raises what the store
        raises; then nothing was stored and nothing may be acknowledged.
        """
        self._last_came = time.monotonic()
        if self._hide and concerns(request):
            request = await asyncio.get_running_loop().run_in_executor(self._thread, self._hide, request)
        told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(self._seal(request), held, told))
        if not self._draining:
            self._drain = asyncio.create_task(self._store_all())
        return await told

    async def release(self, request: Request, view: str) -> None:
        """A held request may be handled now; its form stands at `view`. Raises what the store raises."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._arrivals.release, request.workspace, request.key, view)
        self.on_arrival()

    async def close(self) -> None:
        """Store what still waits, then end the thread."""
        if self._drain is not None:
            await asyncio.wait([self._drain])
        self._thread.shutdown(wait=True)

    @property
    def _draining(self) -> bool:
        return self._drain is not None and not self._drain.done()

    async def _store_all(self) -> None:
        while self._waiting:
            batch = self._next_batch()
            stored = asyncio.get_running_loop().run_in_executor(self._thread, self._put, batch)
            await asyncio.wait([stored])
            if error := stored.exception():
                _refuse(batch, error)
            elif _confirm(batch, stored.result()):
                self.on_arrival()

    def _next_batch(self) -> list[_Waiting]:
        """The next in line, held or not held alike: one call to the store has one hold."""
        held = self._waiting[0].held
        count = sum(1 for _ in zip(range(BATCH), takewhile(lambda one: one.held == held, self._waiting), strict=False))
        return [self._waiting.popleft() for _ in range(count)]

    def _put(self, batch: Sequence[_Waiting]) -> Sequence[bool]:
        now = self._now()
        return self._arrivals.put([one.request for one in batch], now, now + HOLD if batch[0].held else None)


def _confirm(batch: Sequence[_Waiting], news: Sequence[bool]) -> bool:
    for one, new in zip(batch, news, strict=True):
        if not one.told.done():
            one.told.set_result(new)
    return any(news)


def _refuse(batch: Sequence[_Waiting], error: BaseException) -> None:
    for one in batch:
        if not one.told.done():
            one.told.set_exception(error)


def _nobody() -> None:
    """Nobody waits for arrivals yet."""
