"""The strict proxy's parts put together in one event loop: servers, relays, deliveries."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from tests.support.strict_channels import Channels
from tests.support.strict_courier import Courier, key_of
from tests.support.strict_hooks import Hooks
from tests.support.strict_http import HttpTransport, decode
from tests.support.strict_inject import Carriers
from tests.support.strict_memory import Memory
from tests.support.strict_payloads import HOOKS, Payloads
from tests.support.strict_socket import ServerSocket, SocketTransport
from tests.support.strict_state import EVENTS, Delivery, State
from tests.support.strict_views import Views
from tests.support.strict_web import WebApi

Json = dict[str, Any]

NO_ANSWER = {"response_action": "errors", "errors": {"_": "We had some trouble connecting. Try again?"}}
BODY_BYTES = 8 * 1024 * 1024


class Exchange:
    """Made and used inside the proxy's event loop."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.sockets = SocketTransport(state)
        self.posts = HttpTransport(state)
        self.carriers = Carriers(state)
        channels, memory, views = Channels(state), Memory(), Views(state)
        self._views = views
        self._payloads = Payloads(state, channels, memory, views)
        self._web = WebApi(state, channels, memory, views)
        self._web.sockets = self._socket_url
        self._hooks = Hooks(state)
        self._by_socket = state.upstream.app["mode"] == "socket"
        self.courier = Courier(state, self.sockets if self._by_socket else self.posts)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Open the proxy's port and its connections to the server."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/api/{method}", self._web.handle)
        app.router.add_post(HOOKS + "{name}", self._hooks.handle)
        app.router.add_get("/socket/{name}", self._open_socket)
        if not self._by_socket:
            app.router.add_post(urlsplit(self.state.upstream.app["requestUrl"]).path, self._posted)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", urlsplit(self.state.base_url).port).start()
        self.courier.launch(self._views.watch())
        if self._by_socket:
            ready = asyncio.Event()
            server = ServerSocket(self.state, self.relay, self.courier.launch)
            self.courier.launch(server.listen(ready))
            await asyncio.wait_for(ready.wait(), 10)

    async def stop(self) -> None:
        """Close everything."""
        await self.courier.stop()
        self.sockets.cut()
        if self._runner is not None:
            await self._runner.cleanup()
        await self.state.close()

    async def relay(self, kind: str, payload: Json, raw: tuple[bytes, dict[str, str]] | None = None) -> Json | None:
        """Bring a payload to the bot; its answer as the server should see it."""
        if self.carriers.take(payload):
            return None
        adapted = await self._payloads.adapt(kind, payload)
        if adapted is None:
            return None
        delivery = Delivery(key_of(kind, adapted), kind, adapted, raw if adapted is payload else None)
        acked = await self.courier.deliver(delivery)
        if not acked and payload.get("type") == "view_submission":
            return NO_ANSWER
        return self._payloads.answered(kind, adapted, delivery.answer)

    async def _open_socket(self, request: web.Request) -> web.StreamResponse:
        if self.state.down:
            return web.Response(status=503)
        return await self.sockets.handle(request)

    async def _posted(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        kind, payload = decode(body, request.content_type)
        names = ("X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Type")
        raw = (body, {name: request.headers[name] for name in names})
        if kind == EVENTS:
            # Slack's retries are the proxy's affair; the server would only wait for them.
            self.courier.launch(self.relay(kind, payload, raw))
            return web.Response(text="")
        answer = await self.relay(kind, payload, raw)
        return web.Response(text="") if answer is None else web.json_response(answer)

    def _socket_url(self, url: str) -> str:
        name = urlsplit(url).path.rsplit("/", 1)[-1]
        return f"ws://{urlsplit(self.state.base_url).netloc}/socket/{name}"
