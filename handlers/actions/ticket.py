"""The buttons of a ticket's card."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.abilities import Ability
from bot.domain.ticket import WaitingFor
from bot.messages import NOTHING, Choice, Field, FieldKind, Form, Reply, Request
from bot.services.desk import Desk
from bot.services.tickets import tickets
from bot.services.tickets.assignment import liaison_field
from bot.services.tickets.revisions import details_form

REASONS = (
    Choice("Communication: no answer, or it is unclear", "communication"),
    Choice("Process: it is stuck, or with the wrong people", "process"),
    Choice("Objective: we disagree on what is right", "objective"),
)
AWAITED = (
    Choice("The requester: they are asked in the thread", WaitingFor.REQUESTER.value),
    Choice("A vendor", WaitingFor.VENDOR.value),
    Choice("A sign-off", WaitingFor.SIGN_OFF.value),
)
LONG = 3000


def claim(desk: Desk, request: Request) -> Reply:
    """Take it."""
    tickets.claim(desk, desk.person(request.workspace, request.actor), request.workspace, request.value)
    return NOTHING


def resume(desk: Desk, request: Request) -> Reply:
    """Go on."""
    tickets.resume(desk, desk.person(request.workspace, request.actor), request.workspace, request.value)
    return NOTHING


def reopen(desk: Desk, request: Request) -> Reply:
    """Take it up again."""
    tickets.reopen(desk, desk.person(request.workspace, request.actor), request.workspace, request.value)
    return NOTHING


def dismiss(desk: Desk, request: Request) -> Reply:
    """It was none."""
    tickets.dismiss(desk, desk.person(request.workspace, request.actor), request.workspace, request.value)
    return NOTHING


def answer(desk: Desk, request: Request) -> Reply:
    """The form for an answer."""
    return _form(desk, request, Ability.ANSWER, "Answer", (_answer_field(),))


def use_draft(desk: Desk, request: Request) -> Reply:
    """The form for an answer with a draft in it; the value is the ticket's name and the draft."""
    name, _, draft = request.value.partition(":")
    filled = replace(request, name="answer", value=name)
    return _form(desk, filled, Ability.ANSWER, "Answer", (_answer_field(draft),))


def wait(desk: Desk, request: Request) -> Reply:
    """The form for what is needed, and from whom."""
    whom = Field("whom", "Whom do you wait for?", FieldKind.CHOICE, WaitingFor.REQUESTER.value, choices=AWAITED)
    text = Field("text", "What do you need from them?", FieldKind.PARAGRAPH, hint="It appears in the thread", most=LONG)
    return _form(desk, request, Ability.WAIT, "Wait", (text, whom))


def details(desk: Desk, request: Request) -> Reply:
    """The form for what can change afterwards."""
    return Reply(form=details_form(desk, request))


def resolve(desk: Desk, request: Request) -> Reply:
    """The form for the outcome."""
    text = Field(
        "text",
        "What came out of it?",
        FieldKind.PARAGRAPH,
        hint="In a sentence or two",
        required=True,
        most=LONG,
    )
    return _form(desk, request, Ability.RESOLVE, "Close the ticket", (text,))


def note(desk: Desk, request: Request) -> Reply:
    """The form for an internal remark."""
    text = Field("text", "Note", FieldKind.PARAGRAPH, hint="Only the IT side can see it", required=True, most=LONG)
    return _form(desk, request, Ability.NOTE, "Note for IT", (text,))


def escalate(desk: Desk, request: Request) -> Reply:
    """The form for the reason."""
    fields = (
        Field("reason", "What is it about?", FieldKind.CHOICE, required=True, choices=REASONS),
        Field("text", "Why?", FieldKind.PARAGRAPH, hint="The manager reads this first", required=True, most=LONG),
    )
    return _form(desk, request, Ability.ESCALATE, "Escalate", fields)


def reassign(desk: Desk, request: Request) -> Reply:
    """The form for somebody else."""
    return _form(desk, request, Ability.REASSIGN, "Reassign", (liaison_field(desk, request),))


def _answer_field(text: str = "") -> Field:
    hint = "It appears in the thread"
    return Field("text", "Your answer", FieldKind.PARAGRAPH, text, hint, required=True, most=LONG)


def _form(desk: Desk, request: Request, ability: Ability, title: str, fields: tuple[Field, ...]) -> Reply:
    name = tickets.check_ability(desk, request.workspace, request.actor, request.value, ability)
    context = {"ticket": name, "conversation": request.conversation}
    return Reply(form=Form(request.name, f"{title}: {name}", fields, submit=title[:24], context=context))
