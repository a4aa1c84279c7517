"""A reaction that opens a ticket (🎫 unless the channel chose another)."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.ticket import Intake
from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.intake.listening import open_from_message, opening_reaction


def handle(desk: Desk, request: Request) -> Reply:
    """A ticket for the message that was reacted to, its author being the requester."""
    if request.name != opening_reaction(desk, request):
        return NOTHING
    said = desk.directory.message(request.workspace, request.conversation, request.message)
    if said is None or said.by_bot:
        return NOTHING
    request = replace(request, thread=said.thread)
    open_from_message(desk, request, said.author or request.actor, said.text, Intake.REACTION)
    return NOTHING
