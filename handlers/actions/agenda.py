"""The buttons of an agenda."""

from __future__ import annotations

from datetime import date

from bot.domain.action import Action
from bot.domain.errors import Conflict
from bot.messages import NOTHING, Choice, Field, FieldKind, Form, Reply, Request, Text, say
from bot.services.agenda import actions
from bot.services.agenda.actions import Change
from bot.services.agenda.agenda import upcoming
from bot.services.agenda.agenda_lines import day_words
from bot.services.agenda.decisions import NO_TICKET, check_runner, ticket_choices
from bot.services.agenda.topics import remove_topic
from bot.services.agreement import person_field
from bot.services.desk import Desk
from bot.services.intake.intake import shorten

WHAT_MOST = 200
DECISION_MOST = 1000
LABEL_MOST = 80
SHOWN_MOST = 20
NUMBER_MOST = 18
KEEP = Choice("Leave as it is", Change.KEEP)
DONE = Choice("Done", Change.DONE)
CHANGES = (KEEP, DONE, Choice("Carry over to the next sync", Change.CARRY), Choice("Drop it", Change.DROP))


def done(desk: Desk, request: Request) -> Reply:
    """One action is done."""
    name, _, number = request.value.rpartition(":")
    who = desk.person(request.workspace, request.actor)
    actions.mark_done(desk, who, request.workspace, name, _number(number))
    return NOTHING


def carry(desk: Desk, request: Request) -> Reply:
    """What is left is carried over."""
    actions.carry_rest(desk, desk.person(request.workspace, request.actor), request.workspace, request.value)
    return NOTHING


def update(desk: Desk, request: Request) -> Reply:
    """The form with all open actions."""
    found, runs = actions.open_actions(desk, request.workspace, request.actor, request.value)
    fields = tuple(_action_field(one, CHANGES if runs else (KEEP, DONE)) for one in found[:SHOWN_MOST])
    more = len(found) - SHOWN_MOST
    intro = say("{more} more follow once these are settled.", more=str(more)) if more > 0 else ()
    return _form(request, "Update actions", fields, "Save", intro)


def new(desk: Desk, request: Request) -> Reply:
    """The form for a new action."""
    check_runner(desk, request.workspace, request.actor)
    fields = (
        Field("what", "What is to be done?", hint="In a few words", required=True, most=WHAT_MOST),
        _person(desk, request, "owner", "Who does it?", ""),
        Field("due", "Until when?", FieldKind.DATE, hint="May stay empty"),
        _ticket(desk, request, "On which ticket?"),
    )
    return _form(request, "New action", fields, "Add")


def decide(desk: Desk, request: Request) -> Reply:
    """The form for a decision."""
    check_runner(desk, request.workspace, request.actor)
    what = "What was decided?"
    fields = (
        _ticket(desk, request, "On which ticket?"),
        Field("what", what, FieldKind.PARAGRAPH, hint="In a sentence", required=True, most=DECISION_MOST),
        _person(desk, request, "by", "Who decided?", request.actor),
    )
    return _form(request, "Record a decision", fields, "Record")


def remove(desk: Desk, request: Request) -> Reply:
    """Take back a topic; the rest is shown in its place."""
    remove_topic(desk, request, _number(request.value))
    card = upcoming(desk, request.workspace, request.conversation, request.actor)
    return Reply(card=card, replaces=True)


def _number(words: str) -> int:
    if not words.isdigit() or len(words) > NUMBER_MOST:
        raise Conflict("This button is from an older version. Look at the newest agenda.")
    return int(words)


def _action_field(action: Action, choices: tuple[Choice, ...]) -> Field:
    due = f" (by {day_words(action.due)})" if isinstance(action.due, date) else ""
    label = shorten(action.what, LABEL_MOST) + due
    return Field(f"action-{action.id}", label, FieldKind.CHOICE, Change.KEEP, choices=choices)


def _person(desk: Desk, request: Request, key: str, label: str, value: str) -> Field:
    members = desk.directory.members(request.workspace, actions.conversation_of(request.value))
    return person_field(key, label, [one for one in members if not one.is_guest], value)


def _ticket(desk: Desk, request: Request, label: str) -> Field:
    choices = ticket_choices(desk, request.workspace, request.value)
    return Field("ticket", label, FieldKind.CHOICE, NO_TICKET, choices=choices)


def _form(request: Request, title: str, fields: tuple[Field, ...], submit: str, intro: Text = ()) -> Reply:
    context = {"agenda": request.value, "conversation": request.conversation}
    return Reply(form=Form(request.name, title, fields, submit, intro, context))
