"""A Slack of the bench's own, as a process: a web API that says yes to everything, and Socket Mode that is fast.

`python -m bot.bench.stand_in PORT`. It delivers what the bench asks it for and times the acknowledgements; the
sandbox server would be slower than what is measured here.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.bench.envelopes import BOT, TEAM, Envelope, make_envelopes
from bot.bench.program import HOST
from bot.bench.traffic import asking_messages

PATIENCE_S = 60.0

Json = dict[str, Any]


@dataclass(slots=True)
class Slack:
    """What the stand-in knows of the deliveries of one play. Times are monotonic seconds by envelope id or ts."""

    port: int
    socket: web.WebSocketResponse | None = None
    sent: dict[str, float] = field(default_factory=dict)
    acked: dict[str, float] = field(default_factory=dict)
    cards: dict[str, float] = field(default_factory=dict)
    something: asyncio.Event = field(default_factory=asyncio.Event)
    serial: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    asking: Iterator[tuple[str, str]] = field(default_factory=lambda: asking_messages(seed=1))

    def take_ack(self, name: str) -> None:
        """An acknowledgement came."""
        self.acked.setdefault(name, time.monotonic())
        self.something.set()

    def answer(self, method: str, args: Mapping[str, Any]) -> Json:
        """The answer to a call of the web API; when a card is posted is kept by the thread it is in."""
        if method == "chat.postMessage" and _key(args).endswith(":card"):
            self.cards.setdefault(str(args.get("thread_ts")), time.monotonic())
            self.something.set()
        if method == "auth.test":
            return {
                "ok": True,
                "team_id": TEAM,
                "team": "Bench",
                "user_id": BOT,
                "bot_id": "B0",
                "url": "https://b.example/",
            }
        if method == "apps.connections.open":
            return {"ok": True, "url": f"ws://{HOST}:{self.port}/socket"}
        return {"ok": True, "channel": _channel(method, args), "ts": f"{next(self.serial)}.000100"}


async def play(slack: Slack, order: Mapping[str, Any]) -> Json:
    """Deliver `count` events, of a hundred `tickets` asking for one, `per_s` a second (0: all at once).

    Tells how long each acknowledgement took, how long all of them took together and, if `cards`, how long each
    card took to be posted.
    """
    batch = make_envelopes(int(order["count"]), int(order["tickets"]), slack.asking)
    slack.sent, slack.acked, slack.cards = {}, {}, {}
    began = time.monotonic()
    await _deliver(slack, batch, float(order["per_s"]))
    await _until(slack, lambda: len(slack.acked) >= len(batch))
    asked = [one for one in batch if one.asks] if order["cards"] else []
    await _until(slack, lambda: all(one.ts in slack.cards for one in asked))
    return {
        "acks_s": [slack.acked[one.id] - slack.sent[one.id] for one in batch],
        "whole_s": max(slack.acked.values()) - began,
        "cards_s": [slack.cards[one.ts] - slack.sent[one.id] for one in asked],
    }


async def _deliver(slack: Slack, batch: list[Envelope], per_s: float) -> None:
    socket = slack.socket
    if socket is None:
        raise web.HTTPConflict(text="nobody is connected")
    began = time.monotonic()
    for number, one in enumerate(batch):
        if per_s:
            await asyncio.sleep(began + number / per_s - time.monotonic())
        slack.sent[one.id] = time.monotonic()
        await socket.send_str(one.text)


async def _until(slack: Slack, is_so: Any) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():
            slack.something.clear()
            await slack.something.wait()


async def _listen(slack: Slack, request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(max_msg_size=0)
    await socket.prepare(request)
    await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
    slack.socket = socket
    async for frame in socket:
        if frame.type is WSMsgType.TEXT:
            slack.take_ack(str(json.loads(frame.data).get("envelope_id")))
    slack.socket = None
    return socket


async def _args(request: web.Request) -> Mapping[str, Any]:
    if request.content_type == "application/json":
        return dict(json.loads(await request.text() or "{}"))
    return dict(await request.post())


def _key(args: Mapping[str, Any]) -> str:
    metadata = args.get("metadata") or {}
    held = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str((held.get("event_payload") or {}).get("key"))


def _channel(method: str, args: Mapping[str, Any]) -> Any:
    return {"id": "D0BENCH"} if method == "conversations.open" else args.get("channel", "")


def make_app(slack: Slack) -> web.Application:
    """The server's routes: Slack's, and under /bench/ those of the bench."""

    async def call(request: web.Request) -> web.Response:
        return web.json_response(slack.answer(request.match_info["method"], await _args(request)))

    async def listen(request: web.Request) -> web.WebSocketResponse:
        return await _listen(slack, request)

    async def connected(_: web.Request) -> web.Response:
        return web.json_response(slack.socket is not None)

    async def order(request: web.Request) -> web.Response:
        return web.json_response(await play(slack, await request.json()))

    app = web.Application()
    app.router.add_post("/api/{method}", call)
    app.router.add_get("/socket", listen)
    app.router.add_get("/bench/connected", connected)
    app.router.add_post("/bench/play", order)
    return app


if __name__ == "__main__":
    web.run_app(make_app(Slack(int(sys.argv[1]))), host=HOST, port=int(sys.argv[1]), print=None, access_log=None)
