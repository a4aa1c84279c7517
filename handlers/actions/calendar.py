"""The buttons of the campaign calendar."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.calendar import show_calendar
from bot.services.calendar_form import entry_form
from bot.services.desk import Desk


def turn(desk: Desk, request: Request) -> Reply:
    """Another page, in place."""
    page = int(request.value) if request.value.isdigit() and len(request.value) < 5 else 0
    return Reply(card=show_calendar(desk, request, page), replaces=True)


def add(desk: Desk, request: Request) -> Reply:
    """The form of a new entry."""
    return Reply(form=entry_form(desk, request))


def edit(desk: Desk, request: Request) -> Reply:
    """The form of one entry."""
    return Reply(form=entry_form(desk, request, key=request.value))
