"""A chat for a simulation: it takes posts, fails and loses answers at random, and remembers how often it took what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from bot.domain.errors import Ambiguous, Passing
from bot.domain.people import Person
from bot.messages import Address, Card, MessageRef, Request
from bot.ports import Said

Name = tuple[str, str]


class Wall:
    """Implements bot.ports.Messages and bot.ports.Directory. `bad`: the share of calls that fail, and that of answers
    that get lost.
    """

    def __init__(self, source: random.Random, bad: float) -> None:
        self.taken: Counter[Name] = Counter()
        self._there: dict[Name, MessageRef] = {}
        self._source, self._bad, self._lock = source, bad, Lock()

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        """Take a message; its answer may get lost."""
        with self._lock:
            self._fail()
            self.taken[workspace, key] += 1
            ref = MessageRef(to.conversation or f"D-{to.person}", f"{self.taken.total()}.0")
            self._there[workspace, key] = ref
            self._lose()
        return ref

    def update(self, workspace: str, ref: MessageRef, card: Card, key: str) -> None:
        """Take a change: it may be made twice."""
        with self._lock:
            self._fail()
            self._lose()

    def find(self, workspace: str, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message with a key."""
        with self._lock:
            self._fail()
            return self._there.get((workspace, key))

    def whisper(self, request: Request, card: Card, *, replaces: bool = False) -> None:
        """Nobody is spoken to alone here."""

    def person(self, workspace: str, person: str) -> Person:
        """Everybody is there."""
        return Person(person, person)

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """Nobody asks."""
        return ()

    def channel_name(self, workspace: str, conversation: str) -> str:
        """What it is called."""
        return conversation

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """What people wrote is not kept."""
        return None

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """Nor here."""
        return ()

    def _fail(self) -> None:
        if self._source.random() < self._bad:
            raise Passing("The chat did not take it.")

    def _lose(self) -> None:
        if self._source.random() < self._bad:
            raise Ambiguous("The answer got lost.")
