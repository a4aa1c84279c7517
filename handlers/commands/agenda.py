"""`/itcheck agenda`: the next sync, and topics for it."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.messages import Reply, Request
from bot.services.agenda.agenda import upcoming
from bot.services.agenda.topics import add_topic
from bot.services.desk import Desk

ADDS = frozenset({"add", "topic"})
SHOWS = frozenset({"", "show", "remove"})


def handle(desk: Desk, request: Request) -> Reply:
    """Show it, or add a topic. A topic is taken back with its button."""
    word, _, rest = request.text.strip().partition(" ")
    if word.lower() in ADDS:
        return Reply(card=add_topic(desk, request, rest))
    if word.lower() in SHOWS:
        return Reply(card=upcoming(desk, request.workspace, request.conversation, request.actor))
    raise Invalid(f"I don't know “{word[:30]}” here. Type /itcheck agenda, or /itcheck agenda add your topic.")
