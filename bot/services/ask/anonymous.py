"""What somebody who asked anonymously replies to IT."""

from __future__ import annotations

from bot.domain.anonymity import is_anonymous, wants_no_name
from bot.domain.entry import Entry
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.ticket import Ticket
from bot.messages import Card, Field, FieldKind, Form, Mention, Request, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.tickets.asker import REPLY
from bot.services.tickets.tickets import number_of, settle

MOST = 3000
YES = "yes"
NAMED = (
    "Here your name can't be hidden, so nothing was asked and nothing is kept. In Slack, type it as a command: "
    "/itcheck ask --anonymous and your question."
)
NOT_YOURS = "Only who asked this can reply to it, and only until it is closed."


def refuse_named(request: Request) -> None:
    """Raises Conflict for a question that was to be asked anonymously and carries a name all the same."""
    if not is_anonymous(request.actor) and (wants_no_name(request.text) or request.values.get("anonymous") == YES):
        raise Conflict(NAMED)


def reply_form(desk: Desk, request: Request) -> Form:
    """The form for a reply. Raises NotAllowed for anybody but who asked, Conflict once it is closed."""
    with desk.look() as uow:
        ticket = _own(uow, request, request.value)
    field = Field(
        "text", "Your reply", FieldKind.PARAGRAPH, hint="IT reads it without your name", required=True, most=MOST
    )
    return Form(REPLY, f"Reply: {ticket.name}", (field,), context={"ticket": ticket.name})


def reply(desk: Desk, request: Request) -> Card:
    """Bring a reply into the thread. Raises NotAllowed, Conflict."""
    text = request.values["text"].strip()
    with desk.unit_of_work() as uow:
        ticket = _own(uow, request, request.context.get("ticket", ""))
        ticket.hear_requester(request.actor, request.at)
        uow.log.keep(ticket.workspace, ticket.number, Entry(request.actor, text, request.at, f"by-form:{request.key}"))
        words = say("{who} replies: {text}", who=Mention(request.actor), text=text)
        settle(uow, ticket, [thread_post(ticket, f"reply:{request.key}", Card(text=words))])
    return Card(text=say("IT reads it in the thread of {name}, without your name.", name=ticket.name))


def _own(uow: UnitOfWork, request: Request, name: str) -> Ticket:
    ticket = uow.tickets.get(request.workspace, number_of(name))
    if not is_anonymous(request.actor) or ticket.requester != request.actor:
        raise NotAllowed(NOT_YOURS)
    if ticket.is_finished:
        raise Conflict(NOT_YOURS)
    return ticket
