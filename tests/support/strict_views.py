"""Modals with ids that stay: the server gives a view a new id at each update, Slack keeps the first."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp

from tests.support.strict_state import State

Json = dict[str, Any]

STACK = 3


class Views:
    """The ids of the open modals, read from the server's page, and the lasting name of each."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._stack: list[str] = []
        self._lasting: dict[str, str] = {}
        self._replaced: str | None = None
        self.homes: dict[str, Json] = {}

    async def watch(self) -> None:
        """Follow the page until the connection ends."""
        async with self._state.http.ws_connect(self._state.upstream.ui_url, max_msg_size=0) as page:
            async for frame in page:
                if frame.type is aiohttp.WSMsgType.TEXT and frame.data.startswith('{"t":"view",'):
                    self._see([str(view["id"]) for view in json.loads(frame.data)["stack"]])

    async def refusal(self, method: str, args: Json) -> str | None:
        """Slack's error for changing or pushing a view that is not open, or a fourth one."""
        if method == "views.push" and len(self._stack) >= STACK:
            return "push_limit_reached"
        if method != "views.update" or not args.get("view_id"):
            return None
        if self._current(str(args["view_id"])) is None:
            # The page's news may be a moment behind the answer that made the view.
            await asyncio.sleep(0.1)
        return None if self._current(str(args["view_id"])) else "not_found"

    def sent(self, method: str, args: Json) -> Json:
        """The arguments with the id that the server knows now."""
        if method != "views.update" or not args.get("view_id"):
            return args
        return args | {"view_id": self._current(str(args["view_id"]))}

    def answered(self, method: str, args: Json, answer: Json) -> Json:
        """The answer with the lasting id; remembers the new one."""
        view = answer["view"]
        fresh = str(view["id"])
        if method == "views.open":
            self._stack = [fresh]
        elif method == "views.publish":
            self.homes[str(args.get("user_id"))] = view
        elif method == "views.push":
            self._stack = [*[one for one in self._stack if one != fresh], fresh]
        elif method == "views.update":
            old = str(args.get("view_id"))
            self._lasting[fresh] = self._lasting.get(old, old)
            self._stack = [fresh if one == old else one for one in self._stack]
        return answer | {"view": self.lasting(view)}

    def lasting(self, view: Json) -> Json:
        """The view with the ids it had at first."""
        changed = {key: self._name(view.get(key)) for key in ("id", "root_view_id", "previous_view_id")}
        return view | changed

    def replacing(self) -> None:
        """A submission is about to be answered with a new content for the topmost view."""
        self._replaced = self._name(self._stack[-1]) if self._stack else None

    def _see(self, stack: list[str]) -> None:
        if self._replaced and stack and stack[-1] not in self._stack:
            self._lasting[stack[-1]], self._replaced = self._replaced, None
        self._stack = stack

    def _current(self, name: str) -> str | None:
        return next((one for one in self._stack if self._name(one) == name), None)

    def _name(self, identity: str | None) -> str | None:
        return self._lasting.get(identity, identity) if identity else identity
