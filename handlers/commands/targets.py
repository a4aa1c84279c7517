"""`/itcheck targets`: the form for how long each side has."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.sla.targets_form import targets_form


def handle(desk: Desk, request: Request) -> Reply:
    """The form with what stands."""
    return Reply(form=targets_form(desk, request))
