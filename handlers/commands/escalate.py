"""`/itcheck escalate IT-12 why`: a manager is asked to step in; without a reason, the form for one."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import Invalid
from bot.domain.escalation import BY_HAND, Reason
from bot.messages import Card, Reply, Request, say
from bot.services.desk import Desk
from bot.services.sla.escalation import escalate
from bot.services.tickets.cards import ticket_link
from handlers.actions.ticket import LONG
from handlers.actions.ticket import escalate as show_form


def opens_form(request: Request) -> bool:
    """Only with a number and no reason."""
    number, _, why = request.text.strip().partition(" ")
    return bool(number) and not why.strip()


def handle(desk: Desk, request: Request) -> Reply:
    """Escalate; the first word may be communication, process or objective."""
    name, _, why = request.text.strip().partition(" ")
    if not name:
        raise Invalid("Which ticket? Type it like this: /itcheck escalate IT-12 nobody answers.")
    if not why.strip():
        return show_form(desk, replace(request, value=name))
    if len(why) > LONG:
        raise Invalid(f"Please say why in at most {LONG} characters; this has {len(why)}.")
    who = desk.person(request.workspace, request.actor)
    ticket = escalate(desk, who, request.workspace, name, *reason_in(why))
    return Reply(card=Card(text=say("{link} is handed up. Its thread says who has it now.", link=ticket_link(ticket))))


def reason_in(words: str) -> tuple[Reason, str]:
    """The reason and why: `process: it is stuck`; without such a first word, communication."""
    first, _, rest = words.strip().partition(" ")
    found = next((reason for reason in BY_HAND if first.rstrip(":,").lower() == reason), None)
    return (found, rest.strip()) if found and rest.strip() else (Reason.COMMUNICATION, words.strip())
