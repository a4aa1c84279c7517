"""`/itcheck new-tool [name]`: what is known of a tool; without a name, the form that opens a ticket."""

from __future__ import annotations

from bot.domain.kinds import NEW_TOOL
from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tools.check import look_up
from bot.services.tools.check_card import check_card
from handlers.forms.ticket import form_for


def opens_form(request: Request) -> bool:
    """Only without a name."""
    return not request.text.strip()


def handle(desk: Desk, request: Request) -> Reply:
    """The check, or the empty form."""
    if opens_form(request):
        return Reply(form=form_for(NEW_TOOL, request))
    return Reply(card=check_card(look_up(desk, request.workspace, request.actor, request.text, request.conversation)))
