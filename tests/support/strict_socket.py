"""Socket Mode with the proxy in the middle: one connection to the server, any number of the bot's."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.strict_courier import NotAckedError
from tests.support.strict_state import EVENTS, Delivery, State

Json = dict[str, Any]
Relay = Callable[[str, Json], Awaitable[Json | None]]


class BotSocket:
    """One connection of the bot."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.retiring = False
        self.waiting: set[str] = set()
        self._request = request

    def cut(self) -> None:
        """End the connection without a word, as a dead network does."""
        self.retiring = True
        if self._request.transport is not None:
            self._request.transport.abort()


class SocketTransport:
    """The bot's side: hands out connections, sends envelopes, takes acknowledgements."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._sockets: list[BotSocket] = []
        self._connected = asyncio.Event()
        self._turn = 0
        self._envelopes: dict[str, tuple[Delivery, float]] = {}
        self._answers: dict[str, asyncio.Future[Json | None]] = {}

    @property
    def count(self) -> int:
        """How many connections take deliveries."""
        return len(self._usable())

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection of the bot from hello to its end."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        bot = BotSocket(socket, request)
        self._sockets.append(bot)
        app = {"app_id": self._state.upstream.app["appId"]}
        await socket.send_json({"type": "hello", "num_connections": len(self._sockets), "connection_info": app})
        self._connected.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._take(json.loads(frame.data))
        finally:
            self._sockets.remove(bot)
            self._drop(bot)
        return socket

    async def send(self, delivery: Delivery, attempt: int, reason: str | None) -> Json | None:
        """See Transport: an event waits for a connection, anything else fails without one."""
        bot = await self._pick(wait=delivery.kind == EVENTS)
        name, answer = str(uuid.uuid4()), asyncio.get_running_loop().create_future()
        now = time.monotonic()
        self._envelopes[name], self._answers[name] = (delivery, now), answer
        bot.waiting.add(name)
        delivery.sent.append(now)
        try:
            await bot.socket.send_json(_envelope(name, delivery, attempt, reason))
            if self._state.chance(self._state.faults.cut):
                bot.cut()
            return await asyncio.wait_for(answer, self._state.faults.ack_timeout)
        except TimeoutError as error:
            raise NotAckedError("timeout") from error
        except ConnectionError as error:
            raise NotAckedError("timeout", counts=False) from error
        finally:
            bot.waiting.discard(name)
            self._answers.pop(name, None)

    def cut(self) -> int:
        """Cut every connection; how many there were."""
        found = list(self._sockets)
        for bot in found:
            bot.cut()
        return len(found)

    async def disconnect(self, reason: str, grace: float) -> None:
        """Ask the bot to connect anew, and close the old connections after `grace` seconds."""
        found = self._usable()
        for bot in found:
            bot.retiring = True
            await bot.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
        await asyncio.sleep(grace)
        for bot in found:
            await bot.socket.close()

    def _take(self, frame: Json) -> None:
        name = str(frame.get("envelope_id"))
        if name in self._envelopes:
            delivery, sent = self._envelopes[name]
            self._state.acknowledge(delivery, sent, frame.get("payload"))
            answer = self._answers.get(name)
            if answer is not None and not answer.done():
                answer.set_result(frame.get("payload"))

    def _drop(self, bot: BotSocket) -> None:
        for name in bot.waiting:
            answer = self._answers.get(name)
            if answer is not None and not answer.done():
                answer.set_exception(NotAckedError("timeout", counts=False))

    async def _pick(self, wait: bool) -> BotSocket:
        while not (usable := self._usable()):
            if not wait:
                raise NotAckedError("connection_failed")
            self._connected.clear()
            await self._connected.wait()
            await asyncio.sleep(self._state.faults.retry_pause * self._state.between(0, 1))
        self._turn += 1
        return usable[self._turn % len(usable)]

    def _usable(self) -> list[BotSocket]:
        if self._state.down:
            return []
        return [bot for bot in self._sockets if not bot.retiring and not bot.socket.closed]


class ServerSocket:
    """The server's side: one connection, whose events are acknowledged at once and answers passed back."""

    def __init__(self, state: State, relay: Relay, launch: Callable[[Any], None]) -> None:
        self._state = state
        self._relay = relay
        self._launch = launch

    async def listen(self, ready: asyncio.Event) -> None:
        """Take envelopes until the connection ends; sets `ready` when it stands."""
        upstream = self._state.upstream
        head = {"Authorization": f"Bearer {upstream.app['appToken']}"}
        async with self._state.http.post(f"{upstream.api_url}apps.connections.open", headers=head) as opened:
            url = (await opened.json())["url"]
        async with self._state.http.ws_connect(url, max_msg_size=0) as socket:
            async for frame in socket:
                if frame.type is not WSMsgType.TEXT:
                    continue
                envelope = json.loads(frame.data)
                if envelope["type"] == "hello":
                    ready.set()
                else:
                    self._launch(self._pass_on(socket, envelope))

    async def _pass_on(self, socket: Any, envelope: Json) -> None:
        name = {"envelope_id": envelope["envelope_id"]}
        if envelope["type"] == EVENTS:
            await socket.send_json(name)
            await self._relay(EVENTS, envelope["payload"])
            return
        answer = await self._relay(envelope["type"], envelope["payload"])
        await socket.send_json(name if answer is None else name | {"payload": answer})


def _envelope(name: str, delivery: Delivery, attempt: int, reason: str | None) -> Json:
    envelope: Json = {"envelope_id": name, "type": delivery.kind, "payload": delivery.payload}
    envelope["accepts_response_payload"] = delivery.kind != EVENTS
    if delivery.kind == EVENTS:
        envelope |= {"retry_attempt": attempt, "retry_reason": reason or ""}
    return envelope
