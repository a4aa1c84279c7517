"""The conversation of a ticket: what is said in its thread, and deleted."""

from __future__ import annotations

from bot.domain.abilities import is_of_it
from bot.domain.events import What
from bot.domain.ticket import Entry, Ticket
from bot.messages import Card, Mention, Request, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.sla.ladder import answered
from bot.services.tickets.asker import told_directly
from bot.services.tickets.tickets import settle


def hear_in_thread(desk: Desk, request: Request, ticket: Ticket) -> None:
    """Keep a message of the thread; an answer of IT and an answer of the requester move the ticket on."""
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(ticket.workspace, ticket.number)
        entry = Entry(request.actor, request.text, request.at, request.message, request.files)
        if uow.log.keep(ticket.workspace, ticket.number, entry) and not ticket.is_finished:
            _move_on(uow, ticket, request)


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
            "The message this came from was deleted. {asker}, if it is settled, press Withdraw or “Not this”.",
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
