"""`/itcheck help`: every command with one line, grouped by what one is after, made from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from bot.messages import Card, Code, Line, Section, say

COMMAND = "/itcheck"


class Topic(StrEnum):
    """What a command is about, in the words and the order of help."""

    ASK = "Ask IT"
    TICKETS = "Follow a ticket"
    TOOLS = "Tools and how they are chosen"
    SYNC = "The sync, the calendar and the road map"
    TIME = "Your time"
    IT = "For IT"
    ADMINS = "For admins"


class Typed(Protocol):
    """A command as help shows it."""

    @property
    def usage(self) -> str:
        """How it is typed."""

    @property
    def help(self) -> str:
        """What it is for."""

    @property
    def topic(self) -> Topic:
        """Where help lists it."""


def help_card(commands: Iterable[Typed]) -> Card:
    """What can be typed, by topic, and what else opens a ticket."""
    listed = tuple(commands)
    topics = ((topic, tuple(_line(one) for one in listed if one.topic is topic)) for topic in Topic)
    other = (
        Line(say("Mention me, or react with 🎫 to a message: IT gets a ticket for it.")),
        Line(say("Or just talk: in marketing channels I notice new tools and campaigns by myself.")),
    )
    return Card(
        text=say("What you can type. What stands in [brackets] may be left out."),
        sections=(
            *(Section(topic.value, lines) for topic, lines in topics if lines),
            Section("What else works", other),
        ),
    )


def _line(command: Typed) -> Line:
    return Line(say("{usage} — {help}", usage=Code(f"{COMMAND} {command.usage}"), help=command.help))
