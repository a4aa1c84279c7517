"""The conversation of a ticket: what is said in its thread, and deleted."""

from __future__ import annotations

import re

from bot.domain.abilities import is_of_it
from bot.domain.events import What
from bot.domain.ticket import Entry, State, Ticket
from bot.messages import Button, Card, Mention, Request, Style, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.sla.ladder import answered
from bot.services.tickets.asker import told_directly
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import settle

_THANKS = re.compile(
    r"(?:many |vielen )?(?:thanks?|thx|ty|cheers|danke|great|perfect|super|👍|🙏|:\+1:|:pray:)[^?]{0,25}$", re.I
)


def hear_in_thread(desk: Desk, request: Request, ticket: Ticket) -> Card | None:
    """Keep a message of the thread; an answer of IT and an answer of the requester move the ticket on.

    What its requester alone is shown where the ticket is closed and they are not done: how to reopen it.
    """
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(ticket.workspace, ticket.number)
        entry = Entry(request.actor, request.text, request.at, request.message, request.files)
        if uow.log.keep(ticket.workspace, ticket.number, entry) and not ticket.is_finished:
            _move_on(uow, ticket, request)
    is_asker = request.actor == ticket.requester and ticket.state is State.CLOSED
    return _reopen_card(ticket) if is_asker and not _THANKS.match(request.text.strip()) else None


def _reopen_card(ticket: Ticket) -> Card:
    words = say(
        "{link} is closed, so nobody is called for this. Not done? Reopen it: IT reads what you wrote.",
        link=ticket_link(ticket),
    )
    return Card(text=words, buttons=(Button("Reopen", "reopen", ticket.name, Style.PRIMARY),))


def follow_deletion(desk: Desk, request: Request) -> None:
    """A message was deleted: its words go everywhere, and a ticket that came from it says so."""
    with desk.unit_of_work() as uow:
        place = (request.workspace, request.conversation, request.message)
        uow.labels.forget(*place)
        for number in uow.log.change(*place, None, request.at):
            ticket = uow.tickets.get(request.workspace, number)
            if _note_deletion(uow, ticket, request) and not ticket.is_finished:
                uow.outbox.put([thread_post(ticket, "source-deleted", _deleted_card(ticket))])


def _deleted_card(ticket: Ticket) -> Card:
    return Card(
        text=say(
            "The message this came from was deleted. {asker}, if it is over, press Withdraw or “Not this”.",
            asker=Mention(ticket.requester),
        )
    )


def _move_on(uow: UnitOfWork, ticket: Ticket, request: Request) -> None:
    roles = uow.workspaces.roles(ticket.workspace).of(request.actor)
    if is_of_it(ticket, request.actor, roles) and request.actor != ticket.requester:
        ticket.answer(request.actor, request.at)
        uow.outbox.put(told_directly(ticket, request.key, (request.text,)))
    else:
        ticket.hear_requester(request.actor, request.at)
    settle(uow, ticket, answered(uow, ticket, request.actor, request.at))


def _note_deletion(uow: UnitOfWork, ticket: Ticket, request: Request) -> bool:
    if ticket.place.message != request.message:
        return False
    ticket.note_fact(What.SOURCE_DELETED, request.actor, request.at)
    uow.tickets.save(ticket)
    return True
