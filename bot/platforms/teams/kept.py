"""What Teams does not keep for us, as the parts of the adapter share it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from bot.domain.errors import Permanent
from bot.messages import Address, Card, Form
from bot.platforms.teams.errors import ADD
from bot.ports.places import Acquaintances, Awaited, Place, Places, SentMessages

ORIGIN = "origin:"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody who waits at the edge is shown: a form, or a card. `person`: who alone is."""

    person: str
    form: Form | None = None
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Conversations, people, messages sent and answers that are awaited, and what is told of them."""

    places: Places
    acquaintances: Acquaintances
    sent: SentMessages
    awaited: Awaited

    def required(self, workspace: str, conversation: str) -> Place:
        """A conversation. Raises Permanent if we were never in it."""
        place = self.places.place(workspace, conversation)
        if place is None:
            raise Permanent("The bot is not in this conversation.", f"channel:{conversation}", ADD)
        return place

    def leave(self, workspace: str, name: str, answer: Answer) -> bool:
        """Leave an answer; False if nobody waits for it any more."""
        return self.awaited.leave(workspace, name, _answers().dump_json(answer).decode())

    def collect(self, workspace: str, name: str, person: str, *, last: bool = False) -> Answer | None:
        """The answer, None while there is none, and for everybody whom it is not for."""
        told = "" if name.startswith(ORIGIN) else self.awaited.collect(workspace, name, last=last)
        answer = _answers().validate_json(told) if told else None
        return answer if answer and answer.person == person else None

    def keep_origin(self, workspace: str, conversation: str, message: str, origin: Address) -> None:
        """A message somebody got directly is about another place; its buttons act there."""
        told = json.dumps({"conversation": origin.conversation, "thread": origin.thread})
        self.awaited.leave(workspace, f"{ORIGIN}{conversation}:{message}", told)

    def origin(self, workspace: str, conversation: str, message: str) -> Address | None:
        """The place a message is about, None if it is where it stands."""
        told = self.awaited.collect(workspace, f"{ORIGIN}{conversation}:{message}")
        return Address(**json.loads(told)) if told else None


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
