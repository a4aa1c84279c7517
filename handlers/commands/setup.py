"""`/itcheck setup`: the form that makes a channel a marketing channel."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Reply, Request
from bot.services.channels import setup_form
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """The form for the channel it was typed in."""
    return Reply(form=setup_form(desk, request))


def from_button(desk: Desk, request: Request) -> Reply:
    """The form for the channel a button names."""
    return handle(desk, replace(request, conversation=request.value, is_direct=False))
