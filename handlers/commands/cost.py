"""`/itcheck cost IT-12`: what a tool really costs."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import Invalid
from bot.messages import Reply, Request
from bot.services.costs.cost import cost_form
from bot.services.desk import Desk


def opens_form(request: Request) -> bool:
    """Only with a number."""
    return bool(request.text.strip())


def handle(desk: Desk, request: Request) -> Reply:
    """The form for it."""
    if not request.text.strip():
        raise Invalid("For which ticket? Type it like this: /itcheck cost IT-12.")
    return Reply(form=cost_form(desk, replace(request, value=request.text.strip())))
