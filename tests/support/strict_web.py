"""The web API with the proxy in the middle: faults, refusals, the server's answer made like Slack's own."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.support.strict_channels import Channels
from tests.support.strict_checks import Checks, refused
from tests.support.strict_memory import Memory, between, page, truth
from tests.support.strict_state import Call, State
from tests.support.strict_views import Views

Json = dict[str, Any]

NESTED = ("blocks", "attachments", "view", "metadata", "files")


class WebApi:
    """Answers /api/<method>."""

    def __init__(self, state: State, channels: Channels, memory: Memory, views: Views) -> None:
        self._state = state
        self._channels = channels
        self._memory = memory
        self._views = views
        self._checks = Checks(state, channels, memory, views)
        self.sockets: Callable[[str], str] = lambda url: url

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call, from its arguments to its answer; every one is kept in the state's calls."""
        method = request.match_info["method"]
        args, token = await read_args(request)
        given = dict(args)
        answer, status, head = await self._answered(method, token, args)
        if status == 200 and self._plays(self._state.faults.lost, method):
            self._note(method, given, answer, 0)
            assert request.transport is not None
            request.transport.abort()
            return web.Response(status=500)
        self._note(method, given, answer, status)
        head["X-OAuth-Scopes"] = ",".join(sorted(self._state.scopes))
        return web.json_response(answer, status=status, headers=head)

    async def _answered(self, method: str, token: str | None, args: Json) -> tuple[Json, int, dict[str, str]]:
        if self._state.down:
            return refused("service_unavailable"), 503, {}
        if self._plays(self._state.faults.limited, method):
            return refused("ratelimited"), 429, {"Retry-After": str(self._state.faults.retry_after)}
        if self._plays(self._state.faults.failed, method):
            return refused("internal_error"), 500, {}
        answer = await self._checks.refusal(method, token, args)
        return answer or await self._forwarded(method, str(token), args), 200, {}

    async def _forwarded(self, method: str, token: str, args: Json) -> Json:
        plain = {key: value for key, value in args.items() if key != "metadata"}
        sent = self._views.sent(method, self._memory.pictures.sent(plain))
        head = {"Authorization": f"Bearer {token}"}
        url = f"{self._state.upstream.api_url}{method}"
        async with self._state.http.post(url, json=sent, headers=head) as reply:
            answer: Json = await reply.json()
        return await self._finished(method, args, sent, answer) if answer.get("ok") else answer

    async def _finished(self, method: str, args: Json, sent: Json, answer: Json) -> Json:
        if method.startswith("views."):
            return self._views.answered(method, sent, answer)
        if method == "files.completeUploadExternal":
            self._memory.pictures.keep(answer["files"], self._state.faults.picture_delay)
        if method == "apps.connections.open":
            return answer | {"url": self.sockets(answer["url"])}
        if method.startswith(("chat.", "reactions.")):
            return self._written(method, args, answer)
        if method.startswith("users.") and method != "users.conversations":
            return self._people(answer)
        if method.startswith(("conversations.", "users.conversations")):
            return await self._conversations(method, args, answer)
        return answer

    def _written(self, method: str, args: Json, answer: Json) -> Json:
        name = str(answer.get("channel", args["channel"]))
        if method in ("chat.postMessage", "chat.update"):
            self._memory.own.add((name, str(answer["ts"])))
            self._memory.keep((name, str(answer["ts"])), args.get("metadata"))
        elif method == "chat.postEphemeral":
            self._memory.ephemeral.add((name, str(answer["message_ts"])))
        elif method == "chat.delete":
            self._memory.keep((name, str(args.get("ts"))), {})
        elif method.startswith("reactions."):
            reaction = (name, str(args.get("timestamp")), str(args.get("name")))
            {"reactions.add": self._memory.reactions.add}.get(method, self._memory.reactions.discard)(reaction)
        return answer

    def _people(self, answer: Json) -> Json:
        if "user" in answer:
            return answer | {"user": self._person(answer["user"])}
        return answer | {"members": [self._person(one) for one in answer["members"]]}

    def _person(self, user: Json) -> Json:
        profile = dict(user["profile"])
        if "users:read.email" not in self._state.scopes:
            profile.pop("email", None)
        return user | self._channels.flags(user["id"]) | {"profile": profile}

    async def _conversations(self, method: str, args: Json, answer: Json) -> Json:
        if method in ("conversations.history", "conversations.replies"):
            return self._history(method, args, answer)
        if method == "conversations.info":
            known = await self._channels.find(str(args["channel"]))
            return answer | {"channel": self._channels.described(answer["channel"], known or {})}
        if method in ("conversations.list", "users.conversations"):
            await self._channels.refresh()
            found = self._channels.listed(answer["channels"], str(args.get("types") or "public_channel"))
            if method == "users.conversations":
                found = [one for one in found if one["is_member"]]
            return self._paged(answer, "channels", found, args)
        return self._paged(answer, "members", answer["members"], args) if "members" in answer else answer

    def _history(self, method: str, args: Json, answer: Json) -> Json:
        seen = [one for one in answer["messages"] if one.get("subtype") != "ephemeral"]
        parent = [one for one in seen if method == "conversations.replies" and one["ts"] == args.get("ts")]
        if method == "conversations.replies" and not seen:
            return refused("thread_not_found")
        rest = between([one for one in seen if one not in parent], args)
        whole = truth(args.get("include_all_metadata"))
        kept = self._memory.recall(str(args["channel"]), parent + rest, whole)
        paged = self._paged(answer, "messages", kept, args)
        more = bool(paged.get("response_metadata", {}).get("next_cursor"))
        return paged | {"has_more": more} if paged["ok"] else paged

    def _paged(self, answer: Json, key: str, items: list[Any], args: Json) -> Json:
        found = page(items, args)
        if found is None:
            return refused("invalid_limit")
        return answer | {key: found[0], "response_metadata": {"next_cursor": found[1]}}

    def _plays(self, rate: float, method: str) -> bool:
        methods = self._state.faults.methods
        return (methods is None or method in methods) and self._state.chance(rate)

    def _note(self, method: str, args: Json, answer: Json, status: int) -> None:
        self._state.calls.append(Call(method, args, answer, status, time.monotonic()))


async def read_args(request: web.Request) -> tuple[Json, str | None]:
    """The arguments of a call, from query, form or JSON, nested ones parsed; and its token."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        body = _parsed(await request.text())
        args |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        args |= dict(await request.post())
    for key in NESTED:
        if isinstance(args.get(key), str):
            args[key] = _parsed(args[key])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or args.pop("token", None)
    return args, token


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
