"""The buttons under an answer."""

from __future__ import annotations

from bot.messages import Card, Reply, Request, say
from bot.services.ask.answers import ask_liaison, others
from bot.services.desk import Desk


def helps(_: Desk, __: Request) -> Reply:
    """It was what they wanted."""
    return Reply(card=Card(text=say("Glad that helps.")), replaces=True)


def not_quite(desk: Desk, request: Request) -> Reply:
    """What else is written down, and the offer to ask a person."""
    return Reply(card=others(desk, request, request.value), replaces=True)


def liaison(desk: Desk, request: Request) -> Reply:
    """A ticket for the question."""
    return Reply(card=ask_liaison(desk, request, request.value), replaces=True)
