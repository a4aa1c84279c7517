"""`/itcheck help`: every command with one line, made from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.messages import Card, Code, Line, Section, say

COMMAND = "/itcheck"


class Typed(Protocol):
    """A command as help shows it."""

    @property
    def usage(self) -> str:
        """How it is typed."""

    @property
    def help(self) -> str:
        """What it is for."""


def help_card(commands: Iterable[Typed]) -> Card:
    """What can be typed, and what else opens a ticket."""
    typed = tuple(
        Line(say("{usage} — {help}", usage=Code(f"{COMMAND} {command.usage}"), help=command.help))
        for command in commands
    )
    other = (
        Line(say("Mention me, or react with 🎫 to a message: IT gets a ticket for it.")),
        Line(say("Or just talk: in marketing channels I notice new tools and campaigns by myself.")),
    )
    return Card(sections=(Section("What you can type", typed), Section("What else works", other)))
