"""The buttons of a review and of its sign-offs."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.signoff import MOST_REASON, Say
from bot.messages import NOTHING, Field, FieldKind, Form, Reply, Request
from bot.services.agreement import person_field
from bot.services.desk import Desk
from bot.services.reviews.review_form import review_form
from bot.services.reviews.signing import Answered, ask_for_sign_offs, check_signable, sign

CONDITIONS = 2
WHAT_MOST = 200


def review(desk: Desk, request: Request) -> Reply:
    """The form for what the policy has to know."""
    return Reply(form=review_form(desk, request))


def ask(desk: Desk, request: Request) -> Reply:
    """Ask whoever must sign."""
    who = desk.person(request.workspace, request.actor)
    ask_for_sign_offs(desk, who, request.workspace, request.value)
    return NOTHING


def yes(desk: Desk, request: Request) -> Reply:
    """Say yes."""
    who = desk.person(request.workspace, request.actor)
    sign(desk, who, request.workspace, request.value, Answered(Say.YES))
    return NOTHING


def conditions(desk: Desk, request: Request) -> Reply:
    """The form for the conditions."""
    ticket = check_signable(desk, request.workspace, request.actor, request.value)
    members = desk.directory.members(request.workspace, ticket.place.conversation)
    people = [one for one in members if not one.is_guest]
    trial = Field("trial", "Only as a trial until", FieldKind.DATE, hint="Or name a condition:")
    fields: list[Field] = [trial]
    for number in range(1, CONDITIONS + 1):
        more = "" if number == 1 else ", second condition"
        owner = person_field(f"owner{number}", f"Who does it{more}?", people, "")
        fields += [
            Field(f"what{number}", f"What must be done{more}?", most=WHAT_MOST),
            replace(owner, required=False),
            Field(f"due{number}", f"Until when{more}?", FieldKind.DATE),
        ]
    return _form(request, f"Yes, if: {ticket.name}", tuple(fields), "Say yes")


def anyway(desk: Desk, request: Request) -> Reply:
    """The form for why it is all right in spite of what speaks against it."""
    ticket = check_signable(desk, request.workspace, request.actor, request.value)
    hint = "What makes it all right, and until when; everybody on the ticket reads this"
    text = Field("text", "Why in spite of it?", FieldKind.PARAGRAPH, hint=hint, required=True, most=MOST_REASON)
    return _form(request, f"Yes: {ticket.name}", (text,), "Say yes")


def no(desk: Desk, request: Request) -> Reply:
    """The form for the reason."""
    ticket = check_signable(desk, request.workspace, request.actor, request.value)
    hint = "Whoever asked reads this, and what would change it"
    text = Field("text", "Why not?", FieldKind.PARAGRAPH, hint=hint, required=True, most=MOST_REASON)
    return _form(request, f"No: {ticket.name}", (text,), "Say no")


def _form(request: Request, title: str, fields: tuple[Field, ...], submit: str) -> Reply:
    context = {"sign_off": request.value, "conversation": request.conversation}
    return Reply(form=Form(request.name, title, fields, submit, context=context))
