"""`/itcheck campaign [name]`: the form for a campaign."""

from __future__ import annotations

from bot.domain.kinds import CAMPAIGN
from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.wishes import campaign_facts
from handlers.forms.ticket import form_for


def handle(desk: Desk, request: Request) -> Reply:
    """The form, with the name filled in, and the day, reach and channels if they were typed too."""
    found = desk.read_facts(request.text, request.at.date())
    known = campaign_facts(found)
    named = {CAMPAIGN.names_it.key: found.name} if known and found.name else {}
    return Reply(form=form_for(CAMPAIGN, request, {**known, **named}))
