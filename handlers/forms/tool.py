"""The submitted form of a tool."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tools.tools import check_tool, save_tool


def handle(desk: Desk, request: Request) -> Reply:
    """Keep it."""
    return Reply(card=save_tool(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return check_tool(request.values, request.context.get("currency", "EUR"))
