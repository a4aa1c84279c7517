"""`/itcheck limits`: what our systems take; with a name, the form for one (IT and admins)."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.campaigns.limits import limit_form, limits_card
from bot.services.desk import Desk


def opens_form(request: Request) -> bool:
    """Only with a name."""
    return bool(request.text.strip())


def handle(desk: Desk, request: Request) -> Reply:
    """The list, or the form."""
    if opens_form(request):
        return Reply(form=limit_form(desk, request, request.text))
    return Reply(card=limits_card(desk, request))


def from_button(desk: Desk, request: Request) -> Reply:
    """The form for a new one."""
    return Reply(form=limit_form(desk, request, ""))
