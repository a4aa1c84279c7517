"""`/itcheck policy`: what the technology-selection policy in force means for whoever asks."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.reviews.policy_card import policy_card


def handle(desk: Desk, request: Request) -> Reply:
    """It, for their eyes only."""
    return Reply(card=policy_card(desk, request.workspace, request.actor))
