"""`/itcheck status [IT-12]`: how a ticket stands."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tickets.overview import list_tickets, status_of


def handle(desk: Desk, request: Request) -> Reply:
    """One ticket, or without a number all of one's own."""
    if not request.text:
        return Reply(card=list_tickets(desk, request.workspace, request.actor, "mine"))
    return Reply(card=status_of(desk, request.workspace, request.actor, request.text))
