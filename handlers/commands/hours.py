"""`/itcheck hours [team|workspace]`: the form for working hours."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.sla.working_hours import hours_form


def handle(desk: Desk, request: Request) -> Reply:
    """The form with what stands."""
    return Reply(form=hours_form(desk, request))
