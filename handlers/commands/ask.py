"""`/itcheck ask …`: a question to IT; without words, the form for one; with `--anonymous`, who asks is hidden."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.anonymity import is_anonymous, wants_no_name, without_flag
from bot.domain.errors import Invalid
from bot.domain.kinds import QUESTION
from bot.messages import Choice, Field, FieldKind, Form, Reply, Request
from bot.services.ask.anonymous import YES, refuse_named
from bot.services.ask.answers import ask_liaison, quoted
from bot.services.ask.ask import checked
from bot.services.ask.lookups import looked_up
from bot.services.desk import Desk
from handlers.forms.ticket import form_for

MOST = QUESTION.names_it.most
HINT = "Your name is sealed before anything is kept, until IT closes it; then nobody can tell"
TICK = (Choice("No, with my name", "no"), Choice("Yes, without my name", YES))


def opens_form(request: Request) -> bool:
    """Only without words."""
    return not without_flag(request.text)


def handle(desk: Desk, request: Request) -> Reply:
    """Quote what answers it for sure; else open a question ticket. Without words, show the form.

    Who asks anonymously is not offered buttons, which would be pressed under their name: a person answers at once.
    """
    if opens_form(request):
        return Reply(form=question_form(request))
    if len(request.text) > MOST:
        raise Invalid(f"That is a long one: {len(request.text)} characters. Please ask it in at most {MOST}.")
    question = checked(request.text)
    if is_anonymous(request.actor):
        return Reply(card=ask_liaison(desk, request, question))
    refuse_named(request)
    known = looked_up(desk, request, question) or quoted(desk, request, question)
    return Reply(card=known or ask_liaison(desk, request, question))


def question_form(request: Request) -> Form:
    """The form of a question, with a tick for who wants to ask without their name."""
    value = YES if wants_no_name(request.text) else "no"
    form = form_for(QUESTION, replace(request, text=""))
    where = {"conversation": request.conversation, **({"direct": "yes"} if request.is_direct else {})}
    tick = Field("anonymous", "Ask anonymously?", FieldKind.CHOICE, value, HINT, choices=TICK)
    return replace(form, fields=(*form.fields, tick), context=where)
