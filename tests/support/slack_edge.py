"""The Slack edge alone, on an inbox in memory, in a thread of its own: for tests of what is stored and acknowledged."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TypeVar

from bot.domain.errors import StoreUnavailable
from bot.messages import Came, Request
from bot.platforms.handlers import Handlers
from bot.platforms.reception import Reception
from bot.platforms.slack.access import SlackAccess
from bot.platforms.slack.adapter import SlackChat
from bot.platforms.slack.edge import SlackEdge

T = TypeVar("T")

OPENING = frozenset({"new-tool", "open_form"})
PATIENCE_S = 20.0


class MemoryArrivals:
    """The door of an inbox: what came, when it was stored, what is held and released. `down` makes it fail."""

    def __init__(self) -> None:
        self.requests: dict[str, Request] = {}
        self.stored_at: dict[str, float] = {}
        self.held: dict[str, datetime] = {}
        self.released: dict[str, str] = {}
        self.batches: list[int] = []
        self.refused = 0
        self.down = False

    def put(self, requests: Sequence[Request], now: datetime, held_until: datetime | None = None) -> Sequence[bool]:
        """Store requests; which of them are new."""
        if self.down:
            self.refused += len(requests)
            raise StoreUnavailable("The database cannot be reached.")
        self.batches.append(len(requests))
        return [self._put(request, held_until) for request in requests]

    def release(self, workspace: str, key: str, view: str) -> None:
        """A held one may be handled."""
        self.released[key] = view

    def of(self, came: Came) -> list[Request]:
        """What came of a kind, in its order."""
        return [request for request in self.requests.values() if request.came is came]

    def _put(self, request: Request, held_until: datetime | None) -> bool:
        if request.key in self.requests:
            return False
        self.requests[request.key] = request
        self.stored_at[request.key] = time.monotonic()
        if held_until is not None:
            self.held[request.key] = held_until
        return True


class EdgeInThread:
    """A started SlackEdge; a context manager. A form without a `name` is refused."""

    def __init__(self, access: SlackAccess) -> None:
        self.arrivals = MemoryArrivals()
        self.chat = SlackChat(access.bot_token, access.api_url)
        self.edge: SlackEdge
        self._access = access
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="edge", daemon=True)

    def __enter__(self) -> EdgeInThread:
        self._thread.start()
        self.do(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in the edge's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    def http(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Post to the edge; the status of its answer."""
        return self.do(self.edge.handle_http(body, headers))[0]

    async def _start(self) -> None:
        self._reception = Reception(self.arrivals, lambda: datetime.now(UTC))
        handlers = Handlers(lambda request: request.name in OPENING, _check)
        self.edge = SlackEdge(self._reception, self.chat, self._access, handlers, lambda: datetime.now(UTC))
        await self.edge.start()

    async def _stop(self) -> None:
        await self.edge.stop()
        await self._reception.close()


def _check(request: Request) -> Mapping[str, str]:
    return {} if request.values.get("name") else {"name": "Please give it a name."}
