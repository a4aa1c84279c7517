"""The server's browser page without a browser: its WebSocket, for what only the page can see and do."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any

import aiohttp

Json = dict[str, Any]


class Page:
    """A connection to the page's WebSocket, read in a thread of its own.

    stack holds the open modals, the topmost last; homes maps a user to {app id: view}.
    """

    def __init__(self, ui_url: str) -> None:
        self.stack: list[Json] = []
        self.homes: dict[str, dict[str, Json]] = {}
        self.errors: dict[str, str] | None = None
        self.turn = 0
        self._url = ui_url
        self._loop = asyncio.new_event_loop()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._changed = threading.Condition()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="slack-page", daemon=True)

    def open(self) -> Page:
        """Connect and wait for the first state; AssertionError after ten seconds without it."""
        self._thread.start()
        assert self._ready.wait(10), f"the page at {self._url} did not answer"
        return self

    def close(self) -> None:
        """Hang up and wait for the thread to end."""
        if self._socket is not None:
            asyncio.run_coroutine_threadsafe(self._socket.close(), self._loop).result(5)
        self._thread.join(5)

    def send(self, message: Json) -> None:
        """Do what the page does, such as {"t": "view_submit", "user": …, "values": …}."""
        assert self._socket is not None, "the page is not connected"
        asyncio.run_coroutine_threadsafe(self._socket.send_str(json.dumps(message)), self._loop).result(5)

    def await_turn(self, turn: int, timeout: float) -> dict[str, str] | None:
        """Wait till a modal changed or a form was refused after `turn`; the field errors, or None.

        AssertionError after `timeout` seconds.
        """
        end = time.monotonic() + timeout
        with self._changed:
            while self.turn == turn:
                left = end - time.monotonic()
                assert left > 0, f"nothing happened to the open modal within {timeout} s"
                self._changed.wait(left)
            return self.errors

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._loop.close()

    async def _listen(self) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(self._url, max_msg_size=0) as socket,
        ):
            self._socket = socket
            async for frame in socket:
                if frame.type is aiohttp.WSMsgType.TEXT and not frame.data.startswith('{"t":"log"'):
                    self._take(json.loads(frame.data))

    def _take(self, message: Json) -> None:
        with self._changed:
            match message["t"]:
                case "init":
                    self.stack = message["state"]["modalStack"]
                    self.homes = message["state"]["homeViews"]
                    self._ready.set()
                case "view":
                    self.stack, self.errors, self.turn = message["stack"], None, self.turn + 1
                case "view_errors":
                    self.errors, self.turn = message.get("errors") or {}, self.turn + 1
                case "home":
                    self.homes.setdefault(message["user"], {})[message["appId"]] = message["view"]
            self._changed.notify_all()
