"""A chat platform in memory: the ports Messages, Forms, Home and Directory, and what people would see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from threading import Lock

from bot.domain.errors import NotFound, Permanent
from bot.domain.people import Person
from bot.messages import Address, Card, Form, MessageRef, Request
from bot.ports import Said


@dataclass(frozen=True)
class Message:
    """What stands in a conversation; `only_for` is who alone sees it."""

    ref: MessageRef
    thread: str
    key: str
    card: Card
    at: datetime
    only_for: str = ""


@dataclass
class MemoryChat:
    """One workspace.

    `rooms` are the conversations we are in, with their members' ids, `names` what they are called; `said` is what
    we posted, `heard` what people wrote (see write). `fail_with` is raised by the next call that would send
    something, and then forgotten.
    """

    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Sequence[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    said: list[Message] = field(default_factory=list)
    heard: dict[MessageRef, Said] = field(default_factory=dict)
    homes: dict[str, Card] = field(default_factory=dict)
    forms: dict[str, Form | Card] = field(default_factory=dict)
    fail_with: Exception | None = None
    now: datetime = datetime(2025, 11, 24, 9, tzinfo=UTC)

    def __post_init__(self) -> None:
        self._ids = count(1)
        self._lock = Lock()

    # --- Messages ---

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        """Post a card."""
        self._maybe_fail()
        conversation = self._conversation(to)
        self._check(conversation)
        return self._say(conversation, to.thread, card, key)

    def update(self, workspace: str, ref: MessageRef, card: Card, key: str) -> None:
        """Replace a message of ours in place."""
        self._maybe_fail()
        self._check(ref.conversation)
        for at, one in enumerate(self.said):
            if one.ref == ref:
                self.said[at] = replace(one, card=card, key=key)
                return
        raise Permanent("It is not there any more.", "gone")

    def find(self, workspace: str, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message that carries `key`."""
        conversation = self._conversation(to)
        self._check(conversation)
        for one in self.said:
            here = one.ref.conversation == conversation and to.thread in ("", one.thread)
            if here and one.key == key and one.at >= since and not one.only_for:
                return one.ref
        return None

    def whisper(self, request: Request, card: Card, *, replaces: bool = False) -> None:
        """Show a card to one person; what they do directly is answered directly."""
        self._maybe_fail()
        if request.is_direct or not request.conversation:
            to = Address(request.conversation, request.thread, "" if request.conversation else request.actor)
            self.post(request.workspace, to, card, request.key)
            return
        self._check(request.conversation)
        if replaces:
            self.said = [one for one in self.said if one.ref.message != request.message]
        self._say(request.conversation, request.thread, card, request.key, request.actor)

    # --- Forms and Home ---

    def show(self, request: Request, form: Form) -> None:
        """Fill the loading view."""
        self._fill(request, form)

    def close(self, request: Request, card: Card) -> None:
        """Show a card in its place."""
        self._fill(request, card)

    def publish(self, workspace: str, person: str, card: Card) -> None:
        """Replace somebody's Home."""
        self._maybe_fail()
        self.homes[person] = card

    # --- Directory ---

    def person(self, workspace: str, person: str) -> Person:
        """One person."""
        if person not in self.people:
            raise NotFound("Nobody knows this person.")
        return self.people[person]

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people of a conversation, by name."""
        self._check(conversation)
        people = (self.people[one] for one in self.rooms[conversation])
        return sorted((one for one in people if not one.is_bot), key=lambda one: one.name.casefold())

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The name of a conversation."""
        self._check(conversation)
        return self.names.get(conversation, "")

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message somebody wrote."""
        self._check(conversation)
        ref = MessageRef(conversation, message)
        ours = next((one for one in self.said if one.ref == ref and not one.only_for), None)
        return Said("", str(ours.card.text), ours.thread, by_bot=True) if ours else self.heard.get(ref)

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """What people and we wrote in a thread before a message."""
        self._maybe_fail()
        self._check(conversation)
        refs = [MessageRef(conversation, f"m{number}") for number in range(1, int(before[1:]))]
        found = [self.message(workspace, conversation, ref.message) for ref in refs]
        return [said for ref, said in zip(refs, found, strict=True) if said and thread in (ref.message, said.thread)]

    def write(self, person: str, conversation: str, text: str, thread: str = "") -> str:
        """A person writes something; the message's id."""
        ref = MessageRef(conversation, f"m{next(self._ids)}")
        self.heard[ref] = Said(person, text, thread)
        return ref.message

    def direct(self, person: str) -> str:
        """The id of somebody's conversation with us."""
        return f"D-{person}"

    def _conversation(self, to: Address) -> str:
        if to.conversation:
            return to.conversation
        if to.person not in self.people:
            raise Permanent("Nobody knows this person.", "person")
        self.rooms.setdefault(self.direct(to.person), (to.person,))
        return self.direct(to.person)

    def _check(self, conversation: str) -> None:
        if conversation not in self.rooms:
            raise Permanent("The bot is not in this channel.", f"channel:{conversation}", "Invite the bot again.")

    def _say(self, conversation: str, thread: str, card: Card, key: str, only_for: str = "") -> MessageRef:
        with self._lock:
            ref = MessageRef(conversation, f"m{next(self._ids)}")
            self.said.append(Message(ref, thread, key, card, self.now, only_for))
        return ref

    def _fill(self, request: Request, filled: Form | Card) -> None:
        self._maybe_fail()
        if not request.view:
            raise Permanent("The form is not open any more.", "gone")
        self.forms[request.view] = filled

    def _maybe_fail(self) -> None:
        error, self.fail_with = self.fail_with, None
        if error is not None:
            raise error
