"""Messages that were edited or deleted."""

from __future__ import annotations

from bot.messages import NOTHING, Reply, Request
from bot.services.conversation import follow_deletion, follow_edit
from bot.services.desk import Desk


def edited(desk: Desk, request: Request) -> Reply:
    """The ticket's conversation follows."""
    follow_edit(desk, request)
    return NOTHING


def deleted(desk: Desk, request: Request) -> Reply:
    """The words go, the ticket says so."""
    follow_deletion(desk, request)
    return NOTHING
