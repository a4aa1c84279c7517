"""`/itcheck people`: who is who, as a form; `/itcheck people cio @name` for one role."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.people.roles import name_for_role, people_form


def opens_form(request: Request) -> bool:
    """Only without words."""
    return not request.text.strip()


def handle(desk: Desk, request: Request) -> Reply:
    """The form, or one role given at once."""
    if opens_form(request):
        return Reply(form=people_form(desk, request))
    return Reply(card=name_for_role(desk, request, request.text.strip()))
