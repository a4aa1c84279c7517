"""`/itcheck involvement [month]`: how early IT was involved in tools and campaigns, each figure with its tickets."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.campaigns.involved_report import involved_report
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """It, for their eyes only. Raises NotAllowed for guests."""
    desk.member(request.workspace, request.actor)
    return Reply(card=involved_report(desk, request, request.text.strip()))
