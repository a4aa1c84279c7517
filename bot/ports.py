"""What the core needs from outside, as narrow protocols in our own words. Adapters and the store implement them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.detection import Detection, Heard
from bot.domain.events import Event
from bot.domain.people import Person, Role
from bot.domain.sla import Clock
from bot.domain.ticket import Entry, Ticket
from bot.domain.usage import Used
from bot.domain.workspace import Channel, Roles
from bot.messages import Address, Card, Form, MessageRef, Post, Request

Now = Callable[[], datetime]


# --- the chat -------------------------------------------------------------------------------------------------


class Messages(Protocol):
    """Speaking in the chat. Raises Passing, Ambiguous or Permanent from bot.domain.errors."""

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        """Post a card; `key` is kept with the message so that it can be found again."""

    def update(self, workspace: str, ref: MessageRef, card: Card, key: str) -> None:
        """Replace a message of ours in place."""

    def find(self, workspace: str, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message of ours that carries `key`, if it was posted at or after `since`."""

    def whisper(self, request: Request, card: Card, *, replaces: bool = False) -> None:
        """Show a card only to the person the request came from, at most once."""


class Forms(Protocol):
    """Forms that were opened at the edge and are waiting to be filled."""

    def show(self, request: Request, form: Form) -> None:
        """Fill the loading view of this request with the form."""

    def close(self, request: Request, card: Card) -> None:
        """There is no form after all: show a card in its place."""


class Home(Protocol):
    """A person's own page with the bot."""

    def publish(self, workspace: str, person: str, card: Card) -> None:
        """Replace what stands there."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it stands in the chat: who wrote it, its plain text, the root of its thread (empty if none)."""

    author: str
    text: str
    thread: str = ""
    by_bot: bool = False


class Directory(Protocol):
    """People and channels as the chat knows them."""

    def person(self, workspace: str, person: str) -> Person:
        """One person. Raises NotFound for somebody who is not there."""

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people (no bots) of a conversation we are in, by name."""

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The name of a conversation, empty if it has none."""

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message somebody wrote, None if it is gone."""


class Detector(Protocol):
    """Tells what a message is about."""

    def detect(self, heard: Heard) -> Detection:
        """Never raises, whatever the text."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a language model wrote, not looked at yet, and the tokens it took (0 if it does not say)."""

    text: str
    tokens: int = 0


class LanguageModel(Protocol):
    """A language model; nothing that has to work may depend on it. Never called inside a unit of work."""

    def complete(self, rules: str, message: str, schema: Mapping[str, Any], limit_s: float) -> Completion:
        """One try at an answer by a JSON schema, within `limit_s` seconds. Raises Passing or Permanent."""


# --- the store ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets are wanted; empty fields do not narrow. `involving`: requester, follower or liaison."""

    kind: str = ""
    topic: str = ""
    only_open: bool = False
    only_late_at: datetime | None = None
    requester: str = ""
    liaison: str = ""
    involving: str = ""
    waiting_for_requester: bool = False
    source_message: str = ""
    conversation: str = ""
    opened_since: datetime | None = None
    starts_from: date | None = None
    starts_until: date | None = None
    limit: int = 50
    offset: int = 0


class Tickets(Protocol):
    """The tickets of all workspaces; every call names its workspace."""

    def add(self, ticket: Ticket) -> Ticket:
        """Store a new ticket with the next number of its workspace, and its pending events."""

    def get(self, workspace: str, number: int) -> Ticket:
        """One ticket, locked for this unit of work. Raises NotFound."""

    def save(self, ticket: Ticket) -> None:
        """Store a changed ticket and its pending events. Raises Conflict if somebody else changed it."""

    def in_thread(self, workspace: str, conversation: str, thread: str) -> Ticket | None:
        """The newest ticket whose conversation is this thread."""

    def search(self, workspace: str, wanted: TicketFilter) -> Sequence[Ticket]:
        """Tickets, newest first."""


class Clocks(Protocol):
    """The SLA clocks of tickets, with the time at which each must be looked at next."""

    def of(self, workspace: str, number: int) -> Sequence[Clock]:
        """All clocks of a ticket."""

    def save(self, workspace: str, number: int, clocks: Iterable[Clock], look_at: Sequence[datetime | None]) -> None:
        """Store clocks (by kind and cycle) with their next look, None for never."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Tickets (workspace, number) with a clock to be looked at, claimed for this unit of work."""


class Log(Protocol):
    """The event log of tickets, and their conversations."""

    def events(self, workspace: str, number: int) -> Sequence[Event]:
        """What happened to a ticket, oldest first."""

    def happened(
        self, workspace: str, conversation: str, whats: Sequence[str], since: datetime
    ) -> Sequence[tuple[Ticket, Event]]:
        """Events of some kinds on the tickets of a channel, oldest first."""

    def entries(self, workspace: str, number: int) -> Sequence[Entry]:
        """The conversation of a ticket, oldest first."""

    def keep(self, workspace: str, number: int, entry: Entry) -> bool:
        """Add a message of the conversation. False if it is there already."""

    def change(self, workspace: str, conversation: str, message: str, text: str | None, at: datetime) -> Sequence[int]:
        """A message was edited (text) or deleted (None). The tickets it belongs to, by number."""


class Workspaces(Protocol):
    """Channels and roles of a workspace."""

    def channel(self, workspace: str, conversation: str) -> Channel | None:
        """One channel, if it was ever set up or offered."""

    def listening(self, workspace: str = "") -> Sequence[Channel]:
        """The marketing channels (of one workspace, or of all), oldest set-up first."""

    def save_channel(self, channel: Channel) -> None:
        """Store a channel."""

    def roles(self, workspace: str) -> Roles:
        """Who holds which roles."""

    def give(self, workspace: str, role: Role, people: Sequence[str]) -> None:
        """Give a role to exactly these people."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A private "is this a new tool?" to somebody: what was heard, what was understood, how it ended."""

    workspace: str
    id: str
    person: str
    topic: str
    request: Request
    detection: Detection
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


class Questions(Protocol):
    """Private questions and what people answered."""

    def ask(self, question: OpenQuestion) -> None:
        """Keep an open question."""

    def get(self, workspace: str, question: str) -> OpenQuestion | None:
        """One question, locked; None if it is gone."""

    def answer(self, question: OpenQuestion, answer: str, at: datetime) -> None:
        """Note the answer and wipe the message."""

    def last(self, workspace: str, person: str, topic: str) -> OpenQuestion | None:
        """The newest question to this person about this topic (any topic if empty)."""

    def forget(self, before: datetime) -> int:
        """Wipe the messages of questions asked before a time and never answered; how many."""


class Labels(Protocol):
    """What people said of a detection: right or wrong. Kept for the report and for learning."""

    def keep(self, workspace: str, conversation: str, message: str, label: str, said: str, at: datetime) -> None:
        """Keep one judgement: `label` what was detected, `said` "yes" or "no"."""


class Occurrences(Protocol):
    """Scheduled work that must happen once per slot."""

    def claim(self, workspace: str, job: str, slot: str, at: datetime) -> bool:
        """True for exactly one caller per (workspace, job, slot)."""

    def last(self, workspace: str, job: str) -> tuple[str, datetime] | None:
        """The newest slot claimed for a job, with its time."""


class Usage(Protocol):
    """What the language model cost a workspace, day by day (UTC)."""

    def add(self, workspace: str, day: date, used: Used) -> Used:
        """Count some more; the day's total, which nobody else can change until this unit of work ends."""

    def today(self, workspace: str, day: date) -> Used:
        """The total of a day."""


class Outgoing(Protocol):
    """The outbox as a unit of work sees it."""

    def put(self, posts: Iterable[Post]) -> None:
        """Store messages to be sent. A key that is known already is left as it is."""

    def wake(self, workspace: str) -> None:
        """What was parked may be tried again at once: its cause may be gone."""


class UnitOfWork(Protocol):
    """One transaction over the whole store. Leaving the block normally commits, an exception rolls back."""

    tickets: Tickets
    clocks: Clocks
    log: Log
    workspaces: Workspaces
    questions: Questions
    labels: Labels
    occurrences: Occurrences
    usage: Usage
    outbox: Outgoing

    def lock_intake(self, workspace: str) -> None:
        """From here on, nobody else opens a ticket in this workspace until this unit of work ends."""


class Housekeeping(Protocol):
    """Looking after the store as a whole."""

    def purge(self, before: datetime) -> int:
        """Delete what was finished in inbox and outbox before a time; how many rows."""


UnitOfWorkFactory = Callable[[], AbstractContextManager[UnitOfWork]]
