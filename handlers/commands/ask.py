"""`/itcheck ask …`: a question to IT; without words, the form for one."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.domain.kinds import QUESTION
from bot.messages import Reply, Request
from bot.services.ask.answers import ask_liaison, quoted
from bot.services.ask.ask import checked
from bot.services.ask.lookups import looked_up
from bot.services.desk import Desk
from handlers.forms.ticket import form_for

MOST = QUESTION.names_it.most


def opens_form(request: Request) -> bool:
    """Only without words."""
    return not request.text.strip()


def handle(desk: Desk, request: Request) -> Reply:
    """Quote what answers it for sure; else open a question ticket. Without words, show the form."""
    if opens_form(request):
        return Reply(form=form_for(QUESTION, request))
    if len(request.text) > MOST:
        raise Invalid(f"That is a long one: {len(request.text)} characters. Please ask it in at most {MOST}.")
    question = checked(request.text)
    known = looked_up(desk, request, question) or quoted(desk, request, question)
    return Reply(card=known or ask_liaison(desk, request, question))
