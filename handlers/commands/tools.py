"""`/itcheck tools [category|unreviewed|duplicates]`: the catalogue; `tools add NAME` and `tools edit NAME` (IT)."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tools.tools import list_tools, tool_form

CHANGES = frozenset({"add", "edit"})


def opens_form(request: Request) -> bool:
    """To add or edit one."""
    word, _, name = request.text.strip().partition(" ")
    return word.lower() in CHANGES and bool(name.strip())


def handle(desk: Desk, request: Request) -> Reply:
    """The first page, or the form of one tool."""
    if opens_form(request):
        return Reply(form=tool_form(desk, request, request.text.strip().partition(" ")[2]))
    return Reply(card=list_tools(desk, request, request.text.strip()))
