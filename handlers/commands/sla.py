"""`/itcheck sla IT-12`: how a ticket's clocks were counted."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.explanations import explain_ticket


def handle(desk: Desk, request: Request) -> Reply:
    """The ledger in words, for their eyes only."""
    return Reply(card=explain_ticket(desk, request.workspace, request.text))
