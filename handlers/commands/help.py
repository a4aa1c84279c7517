"""`/itcheck help`: every command with one line, grouped by what one is after, made from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from bot.domain.people import Side, side_of
from bot.messages import Card, Code, Line, Request, Section, say
from bot.services.channels import may_set_up
from bot.services.desk import Desk

COMMAND = "/itcheck"
ALL = "all"


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


def help_for(desk: Desk, request: Request, commands: Iterable[Typed]) -> Card:
    """What this person can type; after `help all` what everybody can."""
    if request.text.strip().lower() == ALL:
        return help_card(commands)
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        roles = uow.workspaces.roles(request.workspace)
    theirs = {Topic.IT: side_of(roles.of(who.id)) is Side.IT, Topic.ADMINS: may_set_up(who, roles)}
    hidden = {topic for topic, is_theirs in theirs.items() if not is_theirs or who.is_guest}
    card = help_card([one for one in commands if one.topic not in hidden])
    more = say("IT and admins have more: {all}.", all=Code(f"{COMMAND} help {ALL}"))
    return replace(card, note=more) if hidden else card


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
