"""The submitted form of what a system takes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.campaigns.limits import check_limit, keep_limit
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """Keep it."""
    return Reply(card=keep_limit(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong, by field."""
    return check_limit(request.values)
