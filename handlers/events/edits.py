"""Messages that were edited or deleted."""

from __future__ import annotations

from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.intake.edits import hear_edit
from bot.services.intake.listening import whereabouts
from bot.services.tickets.conversation import follow_deletion


def edited(desk: Desk, request: Request) -> Reply:
    """The ticket follows; what has become a request is treated like a new message."""
    ticket, channel = whereabouts(desk, request)
    return hear_edit(desk, request, ticket, channel)


def deleted(desk: Desk, request: Request) -> Reply:
    """The words go, the ticket says so."""
    follow_deletion(desk, request)
    return NOTHING
