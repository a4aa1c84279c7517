"""`/itcheck reassign IT-12 @name`: a ticket goes to somebody else; without a name, the form for one."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import Invalid
from bot.messages import Card, Mention, Reply, Request, say
from bot.services.agreement import person_in
from bot.services.desk import Desk
from bot.services.people.roles import colleague
from bot.services.tickets import tickets
from bot.services.tickets.cards import ticket_link
from handlers.actions.ticket import reassign as show_form


def opens_form(request: Request) -> bool:
    """Only with a number and no name."""
    number, _, name = request.text.strip().partition(" ")
    return bool(number) and not name.strip()


def handle(desk: Desk, request: Request) -> Reply:
    """Hand it over."""
    number, _, name = request.text.strip().partition(" ")
    if not number:
        raise Invalid("Which ticket, and to whom? Type it like this: /itcheck reassign IT-12 @name.")
    if not name.strip():
        return show_form(desk, replace(request, name="reassign", value=number))
    who = desk.person(request.workspace, request.actor)
    to = colleague(desk, request, person_in(name) or name.strip())
    ticket = tickets.reassign(desk, who, request.workspace, number, to)
    words = say("{link} is with {to} now. Its thread has a summary.", link=ticket_link(ticket), to=Mention(to.id))
    return Reply(card=Card(text=words))
