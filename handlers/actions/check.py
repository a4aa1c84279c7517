"""The buttons under a check."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.kinds import NEW_TOOL
from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tools.check import join_ticket
from handlers.forms.ticket import form_for


def open_ticket(desk: Desk, request: Request) -> Reply:
    """The form for a ticket, with the tool's name in it."""
    return Reply(form=form_for(NEW_TOOL, replace(request, text=request.value)))


def join(desk: Desk, request: Request) -> Reply:
    """Follow the open ticket."""
    return Reply(card=join_ticket(desk, request.workspace, request.actor, request.value))
