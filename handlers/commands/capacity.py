"""`/itcheck capacity [site]`: the form for what a site takes (IT and admins)."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.campaigns.sites import capacity_form
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """The form, filled with what is known of the site."""
    return Reply(form=capacity_form(desk, request, request.text))


def from_button(desk: Desk, request: Request) -> Reply:
    """The same, for the site that a button carries."""
    return Reply(form=capacity_form(desk, request, request.value))
