"""What a chat platform without a memory of its own needs kept: where conversations are reached, and what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.messages import MessageRef

CHANNEL, GROUP, DIRECT = "channel", "group", "direct"


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation and the address of the service that reaches it.

    `kind`: channel, group or direct. `team`: what a channel belongs to. `person`: whose direct conversation it is.
    """

    workspace: str
    id: str
    kind: str
    service_url: str
    name: str = ""
    team: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody we met: in which conversation, with which name, e-mail address and zone, empty while not known."""

    workspace: str
    id: str
    conversation: str
    name: str = ""
    email: str = ""
    zone: str = ""


class Places(Protocol):
    """Conversations we were ever in. Every call is a transaction of its own; each may raise StoreUnavailable."""

    def keep(self, place: Place) -> None:
        """Remember a conversation; what is empty leaves what was known."""

    def place(self, workspace: str, conversation: str) -> Place | None:
        """One conversation."""

    def direct(self, workspace: str, person: str) -> Place | None:
        """Somebody's direct conversation with us."""

    def channels(self, workspace: str, team: str = "") -> Sequence[Place]:
        """The channels and groups we know, of one team or all, in the order of their ids."""


class Acquaintances(Protocol):
    """People we met. Every call is a transaction of its own; each may raise StoreUnavailable."""

    def meet(self, people: Sequence[Acquaintance]) -> None:
        """Remember people; what is empty leaves what was known."""

    def known(self, workspace: str, person: str) -> Acquaintance | None:
        """One person."""


class SentMessages(Protocol):
    """Which message carries which key, where the platform can't be asked for it."""

    def keep_sent(self, workspace: str, key: str, ref: MessageRef) -> None:
        """It is in the chat. The first one stands."""

    def sent(self, workspace: str, key: str) -> MessageRef | None:
        """The message with a key."""


class Awaited(Protocol):
    """Answers on their way from a worker to the edge that somebody waits at, whichever process each is in."""

    def leave(self, workspace: str, name: str, answer: str) -> bool:
        """Leave an answer; False if it is there already or nobody waits for it any more."""

    def collect(self, workspace: str, name: str, *, last: bool = False) -> str | None:
        """The answer, None while there is none. After the `last` time nobody waits any more."""

    def is_settled(self, workspace: str, key: str) -> bool:
        """Whether the request with this key was handled or set aside."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a workspace: its name with the ending, its bytes."""

    workspace: str
    name: str
    content: bytes


class Shelf(Protocol):
    """Files behind tokens. Every call is a transaction of its own; each may raise StoreUnavailable."""

    def lay(self, token: str, file: KeptFile) -> None:
        """Keep a file; the same one again is left as it is."""

    def fetch(self, token: str) -> KeptFile | None:
        """The file of a token."""
