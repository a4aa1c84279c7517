"""response_url: at most five posts each, with the same limits as any message."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from tests.support.strict_blocks import message_faults
from tests.support.strict_state import Call, State

Json = dict[str, Any]

USES = 5


class Hooks:
    """Takes what the bot posts to the response URLs that it was given, and passes it to the server."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One post; Slack's plain "ok", or {"ok": false, "error": …}."""
        if self._state.down:
            return web.Response(status=503)
        body: Json = await request.json()
        error = self._refusal(request.match_info["name"], body)
        answer: Json = {"ok": False, "error": error} if error else {"ok": True}
        status = 200
        if error:
            status = 404
            self._state.violate("response_url", error, tuple(message_faults(body.get("blocks") or [])))
        else:
            await self._pass_on(request.match_info["name"], body)
        self._state.calls.append(Call("response_url", body, answer, status, time.monotonic()))
        return web.json_response(answer, status=status) if error else web.Response(text="ok")

    def _refusal(self, name: str, body: Json) -> str | None:
        hook = self._state.hooks.get(name)
        if hook is None:
            return "expired_url"
        hook.uses += 1
        if hook.uses > USES:
            return "used_url"
        if message_faults(body.get("blocks") or []):
            return "invalid_blocks"
        empty = not (body.get("text") or body.get("blocks") or body.get("delete_original"))
        return "no_text" if empty else None

    async def _pass_on(self, name: str, body: Json) -> None:
        # Slack shows an answer without a type to the person alone; the server would show it to everybody.
        typed = {"response_type": "ephemeral"} | body
        async with self._state.http.post(self._state.hooks[name].target, json=typed) as answer:
            await answer.read()
