"""A chat that only takes down what is said: every message by whom, where and when, the open forms, the people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import NotFound, Permanent
from bot.domain.people import Person
from bot.messages import Address, Card, Form, MessageRef, Request
from bot.ports import Now, Said


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it stands: what a person wrote (`author`, `text`), or a card of ours (`key`)."""

    ref: MessageRef
    thread: str
    at: datetime
    author: str = ""
    text: str = ""
    key: str = ""
    card: Card = Card()


class Paper:
    """Implements the ports of a chat. `rooms`: the members of each channel, `names`: what it is called.

    The id of a message is its time and its number, as Slack's are; the same acts give the same ids.
    """

    def __init__(
        self, people: Mapping[str, Person], rooms: Mapping[str, Sequence[str]], names: Mapping[str, str], now: Now
    ) -> None:
        self._people, self._rooms, self._names, self._now = people, rooms, names, now
        self._written: dict[MessageRef, Written] = {}
        self._by_key: dict[str, MessageRef] = {}
        self.forms: dict[str, Form | Card] = {}
        self.whispered: dict[str, Card] = {}

    @property
    def written(self) -> Iterable[Written]:
        """All messages, oldest first."""
        return self._written.values()

    def write(self, person: str, conversation: str, text: str, thread: str = "") -> MessageRef:
        """A person writes something."""
        return self._keep(Written(self._next(conversation), thread, self._now(), person, text))

    def of_key(self, key: str) -> Written | None:
        """The message of ours that was posted under a key."""
        ref = self._by_key.get(key)
        return self._written[ref] if ref else None

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        """Post a card."""
        conversation = to.conversation or direct(to.person)
        ref = self._keep(Written(self._next(conversation), to.thread, self._now(), key=key, card=card))
        self._by_key[key] = ref
        return ref

    def update(self, workspace: str, ref: MessageRef, card: Card, key: str) -> None:
        """Replace a message of ours in place."""
        self._written[ref] = replace(self._written[ref], card=card)

    def find(self, workspace: str, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message that carries a key."""
        return self._by_key.get(key)

    def whisper(self, request: Request, card: Card, *, replaces: bool = False) -> None:
        """Show a card to one person; what they do directly is answered directly."""
        self.whispered[request.actor] = card
        if request.is_direct or not request.conversation:
            to = Address(request.conversation, request.thread, "" if request.conversation else request.actor)
            self.post(request.workspace, to, card, request.key)

    def keep(self, workspace: str, name: str, content: bytes, alt: str) -> str:
        """Nothing is drawn here."""
        raise Permanent("Pictures are drawn when they are shown.", "files")

    def show(self, request: Request, form: Form) -> None:
        """Fill the loading view."""
        self.forms[request.view] = form

    def close(self, request: Request, card: Card) -> None:
        """Show a card in its place."""
        self.forms[request.view] = card

    def publish(self, workspace: str, person: str, card: Card) -> None:
        """Nobody looks at their Home."""

    def person(self, workspace: str, person: str) -> Person:
        """One person."""
        if person not in self._people:
            raise NotFound("Nobody knows this person.")
        return self._people[person]

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people of a conversation, by name."""
        people = (self._people[one] for one in self._rooms.get(conversation, ()))
        return sorted(people, key=lambda one: one.name.casefold())

    def channel_name(self, workspace: str, conversation: str) -> str:
        """What a conversation is called."""
        return self._names.get(conversation, "")

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message somebody wrote."""
        found = self._written.get(MessageRef(conversation, message))
        return Said(found.author, found.text, found.thread, by_bot=not found.author) if found else None

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """What was written in a thread before a message."""
        said = []
        for one in self._written.values():
            is_there = one.ref.conversation == conversation and thread in (one.ref.message, one.thread)
            if is_there and one.ref.message < before:
                said.append(Said(one.author, one.text, one.thread, by_bot=not one.author))
        return said

    def _next(self, conversation: str) -> MessageRef:
        return MessageRef(conversation, f"{int(self._now().timestamp())}.{len(self._written) + 1:06d}")

    def _keep(self, one: Written) -> MessageRef:
        self._written[one.ref] = one
        return one.ref


def direct(person: str) -> str:
    """The conversation of somebody with us."""
    return f"D{person.removeprefix('U')}"
