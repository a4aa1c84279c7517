"""Somebody opened their Home."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tickets.home import home_of


def handle(desk: Desk, request: Request) -> Reply:
    """Show it, fresh."""
    return Reply(home=home_of(desk, request.workspace, request.actor))
