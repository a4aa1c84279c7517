"""`/itcheck record IT-12`: the record of a decision, as a file in the ticket's thread."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.reviews.decision_record import post_record


def handle(desk: Desk, request: Request) -> Reply:
    """Put it there."""
    return Reply(card=post_record(desk, request))
