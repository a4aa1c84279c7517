"""`/itcheck ask …`: a question to IT; without words, the form for one."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.domain.kinds import QUESTION
from bot.domain.ticket import Intake, Place
from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.intake import Wish, open_ticket, opened_words
from handlers.forms.ticket import form_for

MOST = QUESTION.names_it.most


def opens_form(request: Request) -> bool:
    """Only without words."""
    return not request.text.strip()


def handle(desk: Desk, request: Request) -> Reply:
    """Open a question ticket, or show the form."""
    if opens_form(request):
        return Reply(form=form_for(QUESTION, request))
    if len(request.text) > MOST:
        raise Invalid(f"That is a long one: {len(request.text)} characters. Please ask it in at most {MOST}.")
    wish = Wish(
        workspace=request.workspace,
        kind=QUESTION.key,
        title=request.text,
        requester=request.actor,
        place=Place(request.conversation),
        at=request.at,
        intake=Intake.COMMAND,
        facts={QUESTION.names_it.key: request.text},
    )
    with desk.unit_of_work() as uow:
        return Reply(card=opened_words(open_ticket(uow, wish, desk.market)))
