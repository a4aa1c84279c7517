"""What the core needs of the store around the tickets: workspaces, questions, judgements, slots, the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.detection import Detection
from bot.domain.judgement import Judgement
from bot.domain.people import Role
from bot.domain.usage import Purpose, Used
from bot.domain.workspace import Channel, Roles
from bot.messages import Post, Request


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
    """What was made of messages, and what people said of it. Kept for the report and for learning."""

    def keep(self, judgement: Judgement) -> None:
        """Keep one, in place of what was known of the same label of the same message."""

    def of(self, workspace: str, conversation: str, message: str) -> Sequence[Judgement]:
        """What is known of one message, by label."""

    def since(self, since: datetime) -> Sequence[Judgement]:
        """Those heard at or after a time, in all workspaces, oldest first."""

    def forget(
        self, workspace: str = "", conversation: str = "", message: str = "", *, before: datetime | None = None
    ) -> int:
        """Wipe the words (of a workspace, a conversation in it, a message in that; judged before a time); how many."""


class Occurrences(Protocol):
    """Scheduled work that must happen once per slot."""

    def claim(self, workspace: str, job: str, slot: str, at: datetime) -> bool:
        """True for exactly one caller per (workspace, job, slot)."""

    def last(self, workspace: str, job: str) -> tuple[str, datetime] | None:
        """The newest slot claimed for a job, with its time."""


class Usage(Protocol):
    """What the language model cost a workspace, day by day (UTC), and whether it may write there."""

    def add(self, workspace: str, day: date, purpose: Purpose, used: Used) -> Used:
        """Count some more; the day's total for this purpose, which nobody else can change until this unit of work
        ends."""

    def today(self, workspace: str, day: date, purpose: Purpose) -> Used:
        """The total of a day for a purpose."""

    def between(self, workspace: str, first: date, last: date) -> Mapping[Purpose, Used]:
        """The total from one day to another, both included, by purpose."""

    def may_write(self, workspace: str) -> bool:
        """Whether the admin switched on that it writes; off at first."""

    def let_write(self, workspace: str, by: str, at: datetime, *, on: bool) -> None:
        """Switch it on or off."""


class Outgoing(Protocol):
    """The outbox as a unit of work sees it."""

    def put(self, posts: Iterable[Post]) -> None:
        """Store messages to be sent. A key that is known already is left as it is."""

    def wake(self, workspace: str) -> None:
        """What was parked may be tried again at once: its cause may be gone."""

    def withdraw(self, workspace: str, key: str) -> bool:
        """Do not send a post any more. False if it was sent, or may have been."""

    def take_back(self, workspace: str, prefix: str) -> None:
        """Take back what still waits for its time, under all keys that begin so; they stay known."""
