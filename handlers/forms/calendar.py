"""The submitted form of a calendar entry."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.calendar.calendar import check_entry, save_entry
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """Keep it."""
    return Reply(card=save_entry(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return check_entry(request.values, request.context, request)
