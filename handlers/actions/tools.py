"""The buttons of the catalogue."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tools.tools import list_tools, tool_form


def edit(desk: Desk, request: Request) -> Reply:
    """The form of one tool."""
    return Reply(form=tool_form(desk, request, request.value))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page, in place."""
    which, _, page = request.value.rpartition(":")
    number = int(page) if page.isdigit() and len(page) < 6 else 0
    return Reply(card=list_tools(desk, request, which, number), replaces=True)
