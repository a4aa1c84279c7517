"""A workspace with whole ladders on both sides, and what makes a ticket climb them."""

from __future__ import annotations

from bot.domain.people import Role
from bot.services.sla.escalation import climb_escalations
from bot.services.sla.sweep import look_at_clocks
from tests.builders import CIO, CMO, HOLDERS, MARKETER, Office, a_tool

LADDERS = HOLDERS | {Role.CIO: (CIO,), Role.CMO: (CMO,)}


def with_a_ticket(office: Office) -> Office:
    """The office, in which Klaviyo was just mentioned."""
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    return office


def escalate(office: Office, who: str, ticket: str = "IT-1") -> None:
    """Hand a ticket up by its form."""
    office.submits(who, "escalate", {"reason": "process", "text": "it is stuck"}, ticket=ticket)


def sweep(office: Office, **duration: float) -> None:
    """Let time pass, then look at clocks and ladders as the jobs do."""
    office.wait(**duration)
    look_at_clocks(office.desk)
    climb_escalations(office.desk)
    office.run()
