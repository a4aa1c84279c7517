"""The form that opens a ticket: one for every kind, made from the kind's questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from bot.domain.amounts import amount_of
from bot.domain.errors import Invalid
from bot.domain.kinds import Input, Kind, Question, kind_of
from bot.domain.ticket import Intake, Place
from bot.messages import Form, Reply, Request, say
from bot.services.desk import Desk
from bot.services.fields import field_for
from bot.services.intake import Wish, open_ticket, opened_words


def form_for(kind: Kind, request: Request, known: Mapping[str, str] = MappingProxyType({})) -> Form:
    """The form of a kind, filled with what is `known`, by key; its first question else with what was typed."""
    given = {kind.names_it.key: " ".join(request.text.split()), **known}
    return Form(
        name=kind.key,
        title=kind.title,
        submit="Open a ticket",
        intro=say("{purpose}.", purpose=kind.purpose),
        fields=tuple(field_for(question, given.get(question.key, "")) for question in kind.questions),
        context={"conversation": request.conversation},
    )


def handle(desk: Desk, request: Request) -> Reply:
    """Open the ticket that the form asks for."""
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
    """What is missing or wrong, by field."""
    return wrong_answers(kind_of(request.name).questions, request.values)


def wrong_answers(questions: Iterable[Question], values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with the answers to some questions, by field."""
    wrong = {question.key: _wrong(question, values.get(question.key, "").strip()) for question in questions}
    return {key: words for key, words in wrong.items() if words}


def facts_of(questions: Iterable[Question], values: Mapping[str, str]) -> dict[str, str]:
    """The answers to some questions as facts, without those left empty."""
    facts = {}
    for question in questions:
        value = values.get(question.key, "").strip()
        if value:
            facts[question.key] = str(amount_of(value)) if question.input is Input.AMOUNT else value
    return facts


def _wrong(question: Question, value: str) -> str:
    if not value:
        return "Please fill this in." if question.required else ""
    if len(value) > question.most:
        return f"Please use at most {question.most} characters; this has {len(value)}."
    try:
        _parse(question, value)
    except Invalid as error:
        return error.words
    return ""


def _parse(question: Question, value: str) -> None:
    if question.input is Input.AMOUNT:
        amount_of(value)
    if question.input is Input.DATE:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise Invalid("Please choose a day.") from None
    if question.input is Input.CHOICE and value not in question.choices:
        raise Invalid("Please choose one of the answers.")
