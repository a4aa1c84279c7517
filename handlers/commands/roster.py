"""`/itcheck roster`: who can talk to whom; `me`, `@name`, `team`, `RM-3`, `IT-4`: the forms that say so."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.domain.roadmap import number_in
from bot.messages import Form, Reply, Request
from bot.services.agreement import person_in
from bot.services.desk import Desk
from bot.services.people.roster_card import roster_card
from bot.services.people.roster_form import delegate_form, person_form, team_form

HOW = "Type /itcheck roster to see it; roster me, @name, team, RM-1 or IT-1 to say who can be asked."


def opens_form(request: Request) -> bool:
    """With words."""
    return bool(request.text.strip())


def handle(desk: Desk, request: Request) -> Reply:
    """The roster, or a form."""
    if opens_form(request):
        return Reply(form=_form(desk, request, request.text.strip()))
    return Reply(card=roster_card(desk, request))


def _form(desk: Desk, request: Request, word: str) -> Form:
    if word.casefold() == "me":
        return person_form(desk, request, "")
    if word.casefold() == "team":
        return team_form(desk, request, request.conversation)
    if word.startswith(("@", "<@")):
        return person_form(desk, request, person_in(word))
    if number_in(word.upper()) or word[:2].upper() == "IT":
        return delegate_form(desk, request, word)
    raise Invalid(HOW)
