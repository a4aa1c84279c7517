"""Asking others for what is open in due diligence: the requester in chat, the vendor by a file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.attachments import Document
from bot.domain.abilities import Ability
from bot.domain.diligence import Asker
from bot.domain.errors import Conflict
from bot.domain.people import Person
from bot.domain.states import WaitingFor
from bot.domain.ticket import Ticket
from bot.messages import Address, Button, Card, Code, Mention, Post, Request, Style, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.diligence.diligence import NO_QUESTIONS, known, require_standing
from bot.services.diligence.diligence_card import KEY
from bot.services.diligence.diligence_form import next_place
from bot.services.notifications import direct_post, thread_post
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import change, check_ability, number_of

NOTHING_OPEN = "Nothing is open with {whom} any more. The score card in the thread says what is."
ASKED = "They are asked already, and are reminded in time."


def ask_requester(desk: Desk, who: Person, workspace: str, name: str) -> Ticket:
    """Ask the requester for their answers: in the thread and directly, with a while to answer; IT's clock pauses.

    Raises NotAllowed; Conflict where nothing is open with them, or they are asked already.
    """

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        waiting = len(require_standing(desk, uow, ticket).open_with(Asker.MARKETER))
        if not waiting:
            raise Conflict(NOTHING_OPEN.format(whom="the requester"))
        if ticket.waiting_for is not WaitingFor.SIGN_OFF and not ticket.wait(
            WaitingFor.REQUESTER, who.id, desk.at(), f"{waiting} questions of due diligence"
        ):
            raise Conflict(ASKED)
        return _questions(ticket, who, waiting)

    return change(desk, who, workspace, name, Ability.REVIEW, verb)


def send_to_vendor(desk: Desk, request: Request) -> Card:
    """Give whoever asks for it the vendor's questions as a file, with what is known filled in.

    Raises NotAllowed; Conflict where the vendor is asked nothing.
    """
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.REVIEW)
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        found = require_standing(desk, uow, ticket)
        if not found.of(Asker.VENDOR):
            raise Conflict(NOTHING_OPEN.format(whom="the vendor"))
        if desk.questionnaire is None:
            raise Conflict(NO_QUESTIONS)
        text = desk.questionnaire(found.of(Asker.VENDOR), known(found))
        uow.outbox.put([_file(request, ticket, text)])
    return Card(text=say("The questions for the vendor of {link} come to you directly, as a file to send.",
                         link=ticket_link(ticket)))  # fmt: skip


def _questions(ticket: Ticket, who: Person, waiting: int) -> list[Post]:
    words = say(
        "{asker}, {who} has {count} short questions about “{title}”, in plain words. “I don't know” is fine.",
        asker=Mention(ticket.requester), who=Mention(who.id), count=str(waiting), title=ticket.title,
    )  # fmt: skip
    button = Button("Answer questions", KEY, next_place(ticket.name, Asker.MARKETER), Style.PRIMARY)
    key = f"ask-diligence:{ticket.revision}"
    directly = Card(text=(*ticket_link(ticket), ": ", *words), buttons=(button,))
    return [
        thread_post(ticket, key, Card(text=words, buttons=(button,))),
        direct_post(ticket, ticket.requester, key, directly),
    ]


def _file(request: Request, ticket: Ticket, text: str) -> Post:
    back = f"python -m bot diligence import {ticket.name} FILE"
    words = say(
        "The vendor's questions for {link} “{title}”. The column “answer” takes yes; yes, see evidence; partly; no; "
        "don't know; not applicable. What comes back is read by {back}. While you wait for it, press Waiting for "
        "requester on the ticket's card and choose the vendor: IT's clock pauses.",
        link=ticket_link(ticket), title=ticket.title, back=Code(back),
    )  # fmt: skip
    key = f"{ticket.name}:questionnaire:{request.key}"
    card = Card(text=words, file=Document(f"{ticket.name}-questions.csv", text))
    return Post(ticket.workspace, key, Address(person=request.actor), card, lane=key)
