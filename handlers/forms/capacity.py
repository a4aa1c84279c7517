"""The submitted form of what a site takes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.campaigns.sites import check_capacity, keep_capacity
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """Keep it."""
    return Reply(card=keep_capacity(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong, by field."""
    return check_capacity(request.values, request.at.date())
