"""`/itcheck policy`: the technology-selection policy in force, and who signed it."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.reviews.policy_signing import policy_card


def handle(desk: Desk, request: Request) -> Reply:
    """It, for their eyes only."""
    return Reply(card=policy_card(desk, request.workspace))
