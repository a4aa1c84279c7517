"""The message shortcut “Open an IT ticket”."""

from __future__ import annotations

from bot.domain.ticket import Intake
from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.intake.intake import opened_words
from bot.services.intake.listening import open_from_message


def handle(desk: Desk, request: Request) -> Reply:
    """A ticket for the message, its author being the requester."""
    author = request.about_author or request.actor
    opened = open_from_message(desk, request, author, request.about_text, Intake.SHORTCUT)
    return Reply(card=opened_words(opened[0]))
