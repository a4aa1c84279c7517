"""What the core needs of the chat and of what reads it: speaking, forms, people, detection, a language model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.charts import Chart
from bot.domain.detection import Detection, Heard
from bot.domain.people import Person
from bot.messages import Address, Card, Form, MessageRef, Request


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


class Files(Protocol):
    """Keeping pictures where the chat can show them."""

    def keep(self, workspace: str, name: str, content: bytes, alt: str) -> str:
        """Keep a picture (PNG) that nobody sees until a message shows it; its handle. Raises Passing or Permanent."""


class Painter(Protocol):
    """Draws charts. Slow to start: only when a message leaves, never in a unit of work."""

    def png(self, chart: Chart) -> bytes:
        """The chart as a PNG. Raises Permanent if it cannot be drawn."""


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

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """The beginning of a thread and the last messages in it before one of them, oldest first; within seconds."""


class Detector(Protocol):
    """Tells what a message is about."""

    def detect(self, heard: Heard) -> Detection:
        """Never raises, whatever the text."""

    def leans_on_thread(self, heard: Heard) -> bool:
        """Whether a reply says little alone and could take its meaning from its thread. Cheap; never raises."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a language model wrote, not looked at yet, and the tokens it read and wrote (0 if it does not say)."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


class LanguageModel(Protocol):
    """A language model; nothing that has to work may depend on it. Never called inside a unit of work."""

    def complete(self, rules: str, message: str, schema: Mapping[str, Any], limit_s: float) -> Completion:
        """One try at an answer by a JSON schema, within `limit_s` seconds. Raises Passing or Permanent."""
