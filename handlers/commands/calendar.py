"""`/itcheck calendar`: what is planned and what does not go together; `calendar add [freeze]`: one more entry."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.messages import Reply, Request
from bot.services.calendar import show_calendar
from bot.services.calendar_form import entry_form
from bot.services.desk import Desk

ADD = "add"
HOW = "Type /itcheck calendar to see it, or /itcheck calendar add for a freeze, maintenance or a launch."


def opens_form(request: Request) -> bool:
    """To add an entry."""
    return request.text.strip().lower().split(" ")[0] == ADD


def handle(desk: Desk, request: Request) -> Reply:
    """The next weeks, or the form."""
    if opens_form(request):
        return Reply(form=entry_form(desk, request, request.text.strip().lower().partition(" ")[2].strip()))
    if request.text.strip():
        raise Invalid(HOW)
    return Reply(card=show_calendar(desk, request))
