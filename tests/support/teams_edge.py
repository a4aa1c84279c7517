"""The Teams edge alone, on an inbox in memory: what gets in, what is stored, what is answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.messages import Card, Form, Request
from bot.now import real_now
from bot.platforms.handlers import Handlers
from bot.platforms.reception import Reception
from bot.platforms.teams.adapter import TeamsChat
from bot.platforms.teams.edge import Doors, TeamsEdge
from bot.platforms.teams.kept import Answer, Kept
from bot.platforms.teams.replies import Hatch
from tests.support.memory_places import MemoryPlaces
from tests.support.slack_edge import MemoryArrivals
from tests.support.teams_chat import chat_on
from tests.support.teams_connector import Connector
from tests.support.teams_people import TeamsPeople
from tests.support.teams_world import acme

Json = dict[str, Any]
COMMANDS = frozenset({"new-tool", "status", "help"})
WRONG = "wrong"


@dataclass
class Door:
    """An edge and what is behind it. `answers`: what the handlers would leave for a request, by its name."""

    connector: Connector
    people: TeamsPeople
    arrivals: MemoryArrivals
    memory: MemoryPlaces
    chat: TeamsChat

    def __post_init__(self) -> None:
        self.answers: dict[str, Form | Card | None] = {}

    @property
    def requests(self) -> list[Request]:
        """What was stored, in its order."""
        return list(self.arrivals.requests.values())

    def post(self, activity: Json, token: str | None = "", **claims: object) -> tuple[int, Json]:
        """Status and body of the answer; without a `token` a good one (with other `claims`), None for none at all."""
        if token == "":
            token = self.connector.signer.token(str(activity.get("serviceUrl") or ""), **claims)
        head = {"Authorization": f"Bearer {token}"} if token else {}
        return self.raw(json.dumps(activity).encode(), head)

    def raw(self, body: bytes, head: Mapping[str, str]) -> tuple[int, Json]:
        """Status and body of the answer to any POST."""
        status, _, told = asyncio.run(self._let_in(body, head))
        return status, json.loads(told) if told else {}

    async def _let_in(self, body: bytes, head: Mapping[str, str]) -> tuple[int, Mapping[str, str], str]:
        reception = Reception(_Handling(self), real_now)
        handlers = Handlers(lambda one: one.name == "new-tool", _check)
        kept = Kept(self.memory, self.memory, self.memory, self.memory)
        try:
            return await TeamsEdge(self.chat, kept, Doors(reception, handlers, COMMANDS, real_now)).handle_http(
                body, head
            )
        finally:
            await reception.close()


class _Handling:
    """An inbox whose requests are handled as soon as they are stored."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def put(self, requests: Any, now: Any, held_until: Any = None) -> Any:
        news = self._door.arrivals.put(requests, now, held_until)
        for request in requests:
            self._handle(request)
        return news

    def release(self, workspace: str, key: str, view: str) -> None:
        raise AssertionError("nothing is held for Teams")

    def _handle(self, request: Request) -> None:
        told = self._door.answers.get(request.name)
        kept = Kept(self._door.memory, self._door.memory, self._door.memory, self._door.memory)
        hatch = Hatch.read(request.reply_to)
        name = request.view or (hatch.name if hatch else "")
        if told is not None and name:
            form = told if isinstance(told, Form) else None
            card = told if isinstance(told, Card) else None
            shown = Answer(request.actor, form, card)
            kept.leave(request.workspace, name, shown)
        if request.name != "slow":
            self._door.memory.settled.add((request.workspace, request.key))


def _check(request: Request) -> Mapping[str, str]:
    return {"name": "That is no name."} if request.values.get("name") == WRONG else {}


@contextmanager
def edge_alone() -> Iterator[Door]:
    """An edge that knows no conversation yet; ended afterwards."""
    with Connector(acme()) as connector:
        memory = MemoryPlaces()
        people = TeamsPeople(connector)
        chat = chat_on(connector, memory)
        memory.places.clear()
        yield Door(connector, people, MemoryArrivals(), memory, chat)
        people.close()
