"""`/itcheck campaign [name]`: the form for a campaign."""

from __future__ import annotations

from bot.domain.kinds import CAMPAIGN
from bot.messages import Reply, Request
from bot.services.campaigns.campaign_form import typed_facts
from bot.services.desk import Desk
from bot.services.tickets.revisions import colleagues_in
from handlers.forms.ticket import form_for


def handle(desk: Desk, request: Request) -> Reply:
    """The form, with name, day, time, reach and channels filled in if they were typed."""
    known = typed_facts(request.text, desk.read_facts(request.text, request.at.date()))
    people = () if request.is_direct else colleagues_in(desk, request.workspace, request.conversation)
    return Reply(form=form_for(CAMPAIGN, request, known, people))
