"""`/itcheck list [mine|open|late]`: tickets, page by page."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tickets.overview import list_tickets


def handle(desk: Desk, request: Request) -> Reply:
    """The first page."""
    return Reply(card=list_tickets(desk, request.workspace, request.actor, request.text.lower() or "open"))
