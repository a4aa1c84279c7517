"""`/itcheck skills`: who looks after what; with words, what somebody looks after."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.people.skills import say_skills, skills_card


def handle(desk: Desk, request: Request) -> Reply:
    """Show it, or change it."""
    words = request.text.strip()
    return Reply(card=say_skills(desk, request, words) if words else skills_card(desk, request.workspace))
