"""The buttons under a campaign that falls into a freeze."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.calendar.exceptions import exception_form
from bot.services.desk import Desk


def ask_why(desk: Desk, request: Request) -> Reply:
    """The form for the reason."""
    return Reply(form=exception_form(desk, request))
