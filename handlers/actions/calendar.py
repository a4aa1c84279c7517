"""The buttons of the campaign calendar."""

from __future__ import annotations

from bot.domain.kinds import CAMPAIGN
from bot.messages import Reply, Request
from bot.services.calendar.calendar import show_calendar
from bot.services.calendar.calendar_form import entry_form
from bot.services.calendar.planned_offer import known_of
from bot.services.desk import Desk
from bot.services.tickets.revisions import colleagues_in
from handlers.forms.ticket import form_for


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


def ticket(desk: Desk, request: Request) -> Reply:
    """The form of a campaign's ticket, filled with what the calendar knows."""
    known = known_of(desk, request)
    people = () if request.is_direct else colleagues_in(desk, request.workspace, request.conversation)
    return Reply(form=form_for(CAMPAIGN, request, known, people))
