"""The line to Microsoft's Bot Connector: the SDK's client, which is asynchronous, for callers in any thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from microsoft_teams.api.clients.api_client import ApiClient
from microsoft_teams.common.http import Client, ClientOptions

from bot.domain.errors import Permanent
from bot.platforms.teams.access import SCOPE, TeamsAccess, origin
from bot.platforms.teams.errors import translated
from bot.platforms.teams.tokens import Pass

T = TypeVar("T")
TIMEOUT_S = 15.0
CONSENT = "Let an owner of the team add the app again and agree to what it asks for."


class Line:
    """One app's calls to the services of Teams, in an event loop of its own that begins with the first call."""

    def __init__(self, access: TeamsAccess, timeout_s: float = TIMEOUT_S) -> None:
        self._access = access
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._clients: _Clients | None = None

    def call(self, service_url: str, ask: Callable[[ApiClient], Awaitable[T]], conversation: str = "") -> T:
        """What a service answers. Raises Passing, Ambiguous or Permanent."""

        async def asked() -> T:
            with translated(conversation):
                ready = self._ready()
                ready.client.token = await ready.connector.token()
                return await ask(ApiClient(service_url, ready.client))

        return asyncio.run_coroutine_threadsafe(asked(), self._running()).result()

    def read(self, path: str, conversation: str = "") -> Mapping[str, Any]:
        """What Graph answers to a GET of a path, or of the address of a next page. Raises Permanent with the code
        `history` where it shows us nothing, else as `call`.
        """

        async def asked() -> Mapping[str, Any]:
            ready = self._ready()
            head = {"Authorization": f"Bearer {await ready.graph.token()}"}
            url = path if path.startswith(self._access.graph_url) else self._access.graph_url + path
            with translated(conversation):
                answer = await ready.http.get(url, headers=head)
                if answer.status_code in (401, 403, 404):
                    raise Permanent("Graph shows us nothing of this.", "history", CONSENT)
                answer.raise_for_status()
                told: Mapping[str, Any] = answer.json()
                return told

        return asyncio.run_coroutine_threadsafe(asked(), self._running()).result()

    def check(self) -> None:
        """Get a token. Raises as `call`."""

        async def asked() -> None:
            await self._ready().connector.token()

        asyncio.run_coroutine_threadsafe(asked(), self._running()).result()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="teams", daemon=True).start()
            return self._loop

    def _ready(self) -> _Clients:
        """The clients, made within the loop that they live in."""
        if self._clients is None:
            http, access = httpx.AsyncClient(timeout=self._timeout_s), self._access
            graph = Pass(access, http, f"{origin(access.graph_url)}/.default")
            client = Client(ClientOptions(timeout=self._timeout_s))
            self._clients = _Clients(client, http, Pass(access, http, SCOPE), graph)
        return self._clients


@dataclass(frozen=True, slots=True)
class _Clients:
    """The SDK's client, a plain one, and the passes for both services."""

    client: Client
    http: httpx.AsyncClient
    connector: Pass
    graph: Pass
