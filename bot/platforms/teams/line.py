"""The line to Microsoft's Bot Connector: the SDK's client, which is asynchronous, for callers in any thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
from microsoft_teams.api.clients.api_client import ApiClient
from microsoft_teams.common.http import Client, ClientOptions

from bot.platforms.teams.access import TeamsAccess
from bot.platforms.teams.errors import translated
from bot.platforms.teams.tokens import Pass

T = TypeVar("T")
TIMEOUT_S = 15.0


class Line:
    """One app's calls to the services of Teams, in an event loop of its own that begins with the first call."""

    def __init__(self, access: TeamsAccess, timeout_s: float = TIMEOUT_S) -> None:
        self._access = access
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: Client | None = None
        self._pass: Pass | None = None

    def call(self, service_url: str, ask: Callable[[ApiClient], Awaitable[T]], conversation: str = "") -> T:
        """What a service answers. Raises Passing, Ambiguous or Permanent."""

        async def asked() -> T:
            with translated(conversation):
                client, door = self._ready()
                client.token = await door.token()
                return await ask(ApiClient(service_url, client))

        return asyncio.run_coroutine_threadsafe(asked(), self._running()).result()

    def check(self) -> None:
        """Get a token. Raises as `call`."""

        async def asked() -> None:
            await self._ready()[1].token()

        asyncio.run_coroutine_threadsafe(asked(), self._running()).result()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="teams", daemon=True).start()
            return self._loop

    def _ready(self) -> tuple[Client, Pass]:
        """The clients, made within the loop that they live in."""
        if self._client is None or self._pass is None:
            self._client = Client(ClientOptions(timeout=self._timeout_s))
            self._pass = Pass(self._access, httpx.AsyncClient(timeout=self._timeout_s))
        return self._client, self._pass
