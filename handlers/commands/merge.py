"""`/itcheck merge IT-12 IT-7`: make a ticket part of another one."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.messages import Card, Reply, Request, say
from bot.services.desk import Desk
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.merging import merge

USAGE = "Type the ticket to be merged and the one that stays: /itcheck merge IT-12 IT-7"


def handle(desk: Desk, request: Request) -> Reply:
    """The first becomes part of the second."""
    names = [word for word in request.text.split() if word.lower() not in {"into", "with"}]
    if len(names) != 2:
        raise Invalid(USAGE)
    who = desk.person(request.workspace, request.actor)
    stays = merge(desk, who, request.workspace, *names)
    return Reply(card=Card(text=say("{gone} goes on in {link} now.", gone=names[0].upper(), link=ticket_link(stays))))
