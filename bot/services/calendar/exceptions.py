"""An exception from a freeze is granted or declined by who was asked, for a reason, once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.absence import away_at
from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.events import What
from bot.domain.exemption import MOST_REASON, STANDING_WORDS, Exemption, Standing
from bot.domain.people import Person
from bot.domain.ticket import Ticket
from bot.messages import Card, Field, FieldKind, Form, Mention, Post, Request, Strong, Text, say
from bot.ports import UnitOfWork
from bot.services.calendar.freezes import GRANT, answered_posts, button_value
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.tickets.tickets import number_of, settle

CHANGED = "This question has changed since. Look at the newest one in the ticket's thread."
FILL_IN = "Please say why: whoever planned the campaign, and whoever planned the freeze, read it."


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question and its ticket, locked."""

    ticket: Ticket
    exemption: Exemption


def exception_form(desk: Desk, request: Request) -> Form:
    """The form for the reason, for who was asked. Raises NotAllowed, Conflict or NotFound."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        asked = _open_for(desk, uow, request.workspace, request.value, who)
    grants = request.name == GRANT
    hint = "Such as: the page is static, and the team is on call" if grants else "And what would change it"
    text = Field("text", "Why?", FieldKind.PARAGRAPH, hint=hint, required=True, most=MOST_REASON)
    return Form(
        request.name,
        f"{'Grant' if grants else 'Decline'}: {asked.ticket.name}",
        (text,),
        "Grant" if grants else "Decline",
        context={"exception": request.value, "conversation": request.conversation},
    )


def decide_exception(desk: Desk, request: Request) -> None:
    """Keep the answer of a filled form; the thread and the log tell it. Raises NotAllowed, Conflict, Invalid."""
    who = desk.person(request.workspace, request.actor)
    reason = " ".join(request.values.get("text", "").split())
    if not reason:
        raise Invalid(FILL_IN, "text")
    with desk.unit_of_work() as uow:
        asked = _open_for(desk, uow, request.workspace, request.context.get("exception", ""), who)
        ticket, at = asked.ticket, desk.at()
        decided = asked.exemption.decide(who.id, at, reason[:MOST_REASON], grant=request.name == GRANT)
        uow.exemptions.save(decided)
        told = f"exception from the freeze {decided.name} {STANDING_WORDS[decided.standing]}: {decided.reason}"
        data = {"freeze": decided.name, "standing": decided.standing.value}
        ticket.note_fact(What.EXCEPTION_DECIDED, who.id, at, told, data)
        settle(uow, ticket, _posts(ticket, decided))


def check_reason(request: Request) -> dict[str, str]:
    """There is a reason, and it is not too long."""
    text = request.values.get("text", "").strip()
    if not text:
        return {"text": FILL_IN}
    return {"text": f"Please use at most {MOST_REASON} characters."} if len(text) > MOST_REASON else {}


def _open_for(desk: Desk, uow: UnitOfWork, workspace: str, value: str, who: Person) -> Asked:
    """The question a button belongs to, if it is open and this person's to answer."""
    name, _, rest = value.partition("|")
    ticket = uow.tickets.get(workspace, number_of(name))
    found = uow.exemptions.get(workspace, ticket.number, rest.rpartition("|")[0])
    if found is None or button_value(found) != value:
        raise Conflict(CHANGED)
    away = away_at(uow.absences.of(workspace), desk.at())
    allowed = {found.granter, away.get(found.granter, "")} - {"", ticket.requester}
    if who.id not in allowed or who.is_guest or who.is_gone:
        raise NotAllowed(f"Only {_granter_name(desk, workspace, found)} can decide on this exception.")
    if found.standing is not Standing.ASKED:
        raise Conflict(f"This exception is {STANDING_WORDS[found.standing]} already.")
    return Asked(ticket, found)


def _granter_name(desk: Desk, workspace: str, found: Exemption) -> str:
    return desk.person(workspace, found.granter).name if found.granter else "an IT manager"


def _posts(ticket: Ticket, decided: Exemption) -> list[Post]:
    """The question without its buttons, and the answer for who planned the campaign."""
    granted = decided.standing is Standing.GRANTED
    sign = "✓" if granted else "✗"
    by, freeze = Mention(decided.by), Strong(decided.name)
    words = "{sign} {by} {did} the exception from the freeze {freeze}: {reason}"
    did = "granted" if granted else "declined"
    summary = say(words, sign=sign, by=by, did=did, freeze=freeze, reason=decided.reason)
    then: Text = () if granted else say("\nMove it out of the freeze with Details on the card, or talk about it here.")
    told = Card(text=(Mention(ticket.requester), ": ", *summary, *then))
    key = f"{decided.post.partition(':')[2]}:told"
    short = say(
        "🧊 {by} {did} the exception from the freeze {freeze}. Why stands below.", by=by, did=did, freeze=freeze
    )
    return [*answered_posts(ticket, decided, short), thread_post(ticket, key, told)]
