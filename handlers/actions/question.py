"""The buttons of a private question."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.intake.questions import answer_question


def handle(desk: Desk, request: Request) -> Reply:
    """Yes, no, not now, never."""
    return answer_question(desk, request)
