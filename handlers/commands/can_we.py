"""`/itcheck can-we …`: whether our systems take what somebody plans."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.campaigns.feasible import feasible_card
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """The answer, for the asker alone."""
    return Reply(card=feasible_card(desk, request, request.text.strip()))
