"""The form that opens a ticket: one for every kind, made from the kind's questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.domain.errors import Invalid
from bot.domain.kinds import NEW_TOOL, Kind, kind_of
from bot.domain.people import Person
from bot.domain.ticket import Intake, Place
from bot.messages import Form, Reply, Request, say
from bot.services.ask.anonymous import refuse_named
from bot.services.desk import Desk
from bot.services.intake.facts import facts_of, wrong_answers
from bot.services.intake.fields import fields_for
from bot.services.intake.intake import Wish, open_ticket, opened_words
from bot.services.tools.check import tool_name


def form_for(
    kind: Kind, request: Request, known: Mapping[str, str] = MappingProxyType({}), people: Sequence[Person] = ()
) -> Form:
    """The form of a kind, filled with what is `known`, by key; its first question else with what was typed."""
    given = {kind.names_it.key: " ".join(request.text.split()), **known}
    return Form(
        name=kind.key,
        title=kind.title,
        submit="Open a ticket",
        intro=say("{purpose}.", purpose=kind.purpose),
        fields=fields_for(kind.opening, given, people),
        context={"conversation": request.conversation},
    )


def handle(desk: Desk, request: Request) -> Reply:
    """Open the ticket that the form asks for."""
    refuse_named(request)
    kind = kind_of(request.name)
    facts = facts_of(kind.questions, request.values)
    wish = Wish(
        workspace=request.workspace,
        kind=kind.key,
        title=facts[kind.names_it.key],
        requester=request.actor,
        place=Place(request.context.get("conversation", "")),
        at=request.at,
        intake=Intake.COMMAND,
        facts=facts,
    )
    with desk.unit_of_work() as uow:
        opened = open_ticket(uow, wish, desk.market)
    return Reply(card=opened_words(opened))


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong, by field; a tool has a name that can be looked up."""
    kind = kind_of(request.name)
    wrong = wrong_answers(kind.questions, request.values, request.at)
    if kind is not NEW_TOOL or wrong:
        return wrong
    try:
        tool_name(request.values[kind.names_it.key])
    except Invalid as error:
        return {kind.names_it.key: error.words}
    return {}
