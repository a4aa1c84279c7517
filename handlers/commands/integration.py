"""`/itcheck integration [name]`: the form for an integration."""

from __future__ import annotations

from bot.domain.kinds import INTEGRATION
from bot.messages import Reply, Request
from bot.services.desk import Desk
from handlers.forms.ticket import form_for


def handle(desk: Desk, request: Request) -> Reply:
    """The form, with the name filled in."""
    return Reply(form=form_for(INTEGRATION, request))
