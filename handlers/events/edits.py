"""Messages that were edited or deleted."""

from __future__ import annotations

from bot.messages import NOTHING, Reply, Request
from bot.services.conversation import follow_deletion
from bot.services.desk import Desk
from bot.services.edits import hear_edit
from bot.services.listening import whereabouts


def edited(desk: Desk, request: Request) -> Reply:
    """The ticket follows; what has become a request is treated like a new message."""
    ticket, channel = whereabouts(desk, request)
    return hear_edit(desk, request, ticket, channel)


def deleted(desk: Desk, request: Request) -> Reply:
    """The words go, the ticket says so."""
    follow_deletion(desk, request)
    return NOTHING
