"""`/itcheck sla IT-12`: how a ticket's clocks were counted; `/itcheck sla report [month]`: how the SLA was kept."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.sla.explanations import explain_ticket
from bot.services.sla.sla_report import report_for

REPORT = "report"


def handle(desk: Desk, request: Request) -> Reply:
    """The ledger of a ticket in words, or the report of a month; for their eyes only."""
    first, _, rest = request.text.strip().partition(" ")
    if first.lower() == REPORT:
        return Reply(card=report_for(desk, replace(request, text=rest)))
    return Reply(card=explain_ticket(desk, request.workspace, request.text))
