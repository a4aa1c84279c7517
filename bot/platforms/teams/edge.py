"""Where Teams comes in: verified, noted, stored, and only then acknowledged."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.errors import Passing
from bot.messages import Came, Request
from bot.platforms.handlers import Handlers
from bot.platforms.reception import Reception
from bot.platforms.teams.acquainting import Notes
from bot.platforms.teams.activities import Heard, read
from bot.platforms.teams.adapter import TeamsChat
from bot.platforms.teams.counter import Waiter
from bot.platforms.teams.finding import Search
from bot.platforms.teams.gate import Gate, Refused
from bot.platforms.teams.kept import Kept
from bot.platforms.teams.replies import OFFER, name_of
from bot.ports import Now

Answer = tuple[int, dict[str, str], str]

JSON = {"content-type": "application/json"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Doors:
    """What the edge is given: where requests are stored, what it must know of the handlers and their commands."""

    reception: Reception
    handlers: Handlers
    commands: Collection[str]
    now: Now


class TeamsEdge:
    """Takes everything Teams sends. Lives in one event loop."""

    def __init__(self, chat: TeamsChat, kept: Kept, doors: Doors) -> None:
        self._doors = doors
        self._us = chat.access.bot
        self._gate = Gate(chat.access)
        self._notes = Notes(kept, self._us)
        self._waiter = Waiter(chat, kept, doors.reception, doors.handlers)

    def search_with(self, search: Search) -> None:
        """From now on the search extension finds what this finds, for a workspace, a person and some words."""
        self._waiter.search = search

    async def handle_http(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Status, headers and body of the answer to a POST of Teams'; what is refused is told why."""
        try:
            activity = await self._gate.admit(body, headers)
        except Refused as refused:
            log.warning("refused with %s: %s", refused.status, refused.why)
            return refused.status, JSON, json.dumps({"error": refused.why})
        try:
            return await self._let_in(activity)
        except Passing as error:
            log.warning("not taken: %s", error.words)
            return 503, JSON, json.dumps({"error": error.words})

    async def _let_in(self, activity: Mapping[str, Any]) -> Answer:
        heard = Heard(activity, self._us, self._doors.commands, self._doors.now())
        heard = replace(heard, siblings=await asyncio.to_thread(self._notes.take, heard))
        if heard.text("type") == "invoke":
            status, told = await self._waiter.answer(heard)
            return status, JSON, "" if told is None else json.dumps(told)
        requests = read(heard)
        if not requests:
            log.info("nothing for us in a %s", heard.text("type")[:40])
        await self._take(requests)
        return 200, {}, ""

    async def _take(self, requests: Sequence[Request]) -> None:
        for request in requests:
            await self._doors.reception.take(self._with_offer(request))

    def _with_offer(self, request: Request) -> Request:
        """What is typed opens no dialog: where the answer is a form, it is offered with a button."""
        if request.came is Came.COMMAND and self._doors.handlers.opens_form(request):
            return replace(request, view=OFFER + name_of("view", request.key))
        return request
