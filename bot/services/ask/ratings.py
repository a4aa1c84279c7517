"""What who asked says of a person's answer, with one press once their question is closed."""

from __future__ import annotations

from bot.domain.errors import NotAllowed
from bot.domain.events import What
from bot.domain.helpfulness import HELPED, NO_HELP
from bot.messages import Button, Card, Request, say
from bot.services.desk import Desk
from bot.services.tickets.asker import YES
from bot.services.tickets.tickets import number_of, settle

NOT_YOURS = "Only who asked can say whether the answer helped."


def rate_answer(desk: Desk, request: Request) -> Card:
    """Keep it, by the button's value; who was not helped is offered to open it again. Raises NotAllowed for others."""
    name, _, said = request.value.partition(":")
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        if ticket.requester != request.actor:
            raise NotAllowed(NOT_YOURS)
        ticket.note_fact(What.RATED, request.actor, desk.at(), HELPED if said == YES else NO_HELP)
        settle(uow, ticket)
    if said == YES:
        return Card(text=say("Glad that helps."))
    return Card(
        text=say("Thank you for saying so. Open it again, and IT looks at it once more."),
        buttons=(Button("Reopen", "reopen", ticket.name),),
    )
