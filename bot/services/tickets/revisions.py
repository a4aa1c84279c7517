"""What about a ticket can change afterwards: its kind, its priority, and what its form asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.abilities import Ability, is_of_it
from bot.domain.errors import NotFound, Permanent
from bot.domain.kinds import CAMPAIGN, KINDS, Input, kind_of
from bot.domain.people import Person
from bot.domain.sharpening import lessons_in
from bot.domain.sla import Priority
from bot.domain.ticket import Revision, Ticket
from bot.messages import Card, Choice, Field, FieldKind, Form, Mention, Post, Request, Text, say
from bot.ports import UnitOfWork
from bot.services.campaigns.campaign_form import usual_words
from bot.services.desk import Desk
from bot.services.intake.fields import fields_for
from bot.services.intake.intake import starts_on
from bot.services.notifications import thread_post
from bot.services.tickets.cards import answer_words
from bot.services.tickets.tickets import change, check_ability, number_of

DETAILS = "details"
NONE: Text = ("not said",)


def details_form(desk: Desk, request: Request) -> Form:
    """The form with what stands; kind and priority only for the IT side. Raises NotAllowed, Conflict or NotFound."""
    workspace, actor = request.workspace, request.actor
    name = check_ability(desk, workspace, actor, request.value, Ability.REVISE)
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        lessons = lessons_in(uow.readiness.of(workspace)) if ticket.kind == CAMPAIGN.key else ()
        of_it = is_of_it(ticket, actor, uow.workspaces.roles(workspace).of(actor))
    questions = kind_of(ticket.kind).questions[1:]
    people: Sequence[Person] = ()
    if any(one.input is Input.PERSON for one in questions):
        people = colleagues_in(desk, workspace, ticket.place.conversation)
    asked = fields_for(questions, ticket.facts, people, usual_words(ticket.facts, lessons))
    days = {one.key: ticket.facts.get(one.key, "") for one in questions if one.input is Input.DATE}
    return Form(
        name=DETAILS,
        title=f"Details: {name}",
        submit="Save",
        fields=(*_standing(ticket), *asked) if of_it else asked,
        intro=say("What is new here is told in the thread, and the clocks follow."),
        context={"ticket": name, "kind": ticket.kind, "conversation": request.conversation, **days},
    )


def colleagues_in(desk: Desk, workspace: str, conversation: str) -> Sequence[Person]:
    """Who can be chosen for something there: the members who are no guests; nobody where we are not in it."""
    try:
        members = desk.directory.members(workspace, conversation) if conversation else ()
    except (NotFound, Permanent):
        return ()
    return [one for one in members if one.is_colleague]


def revise(desk: Desk, request: Request, facts: Mapping[str, str]) -> Ticket:
    """Take over the details of a form: `facts` are the answers it holds, an empty one is taken away.

    From the asking side it counts as their word on the ticket, so it ends a wait for them.
    """
    who = desk.person(request.workspace, request.actor)
    asked = {question.key for question in kind_of(request.context["kind"]).questions[1:]}

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        at = desk.at()
        of_it = is_of_it(ticket, who.id, uow.workspaces.roles(ticket.workspace).of(who.id))
        kept = {key: value for key, value in ticket.facts.items() if key not in asked}
        to = _revision(ticket, kept | dict(facts), request.values if of_it else {})
        changes = _changes(ticket, to)
        if not ticket.revise(to, who.id, at):
            return ()
        if not of_it:
            ticket.hear_requester(who.id, at)
        return [_told(ticket, who.id, changes)]

    return change(desk, who, request.workspace, request.context["ticket"], Ability.REVISE, verb)


def _revision(ticket: Ticket, facts: Mapping[str, str], values: Mapping[str, str]) -> Revision:
    kind = kind_of(values.get("kind") or ticket.kind).key
    priority = values.get("priority", "")
    wanted = Priority(priority) if priority in set(Priority) else ticket.priority
    return Revision(kind, wanted, starts_on(facts), facts)


def _standing(ticket: Ticket) -> tuple[Field, ...]:
    kinds = tuple(Choice(kind.title, kind.key) for kind in KINDS)
    priorities = tuple(Choice(each.value.capitalize(), each.value) for each in Priority)
    return (
        Field("kind", "Kind", FieldKind.CHOICE, ticket.kind, choices=kinds),
        Field("priority", "Priority", FieldKind.CHOICE, ticket.priority.value, choices=priorities),
    )


def _changes(ticket: Ticket, to: Revision) -> Text:
    """What is new, as the card names it: `Reach: 400,000 (was 250,000)`."""
    pairs: list[tuple[str, Text, Text]] = [
        ("Kind", (kind_of(to.kind).title,), (kind_of(ticket.kind).title,)),
        ("Priority", (to.priority.value,), (ticket.priority.value,)),
    ]
    for one in kind_of(to.kind).questions[1:]:
        now, was = (answer_words(one, facts.get(one.key, "")) for facts in (to.facts, ticket.facts))
        pairs.append((one.name, now, was))
    told: Text = ()
    for name, now, was in pairs:
        if now != was:
            before = say(" (was {was})", was=was) if was else ()
            told = (
                *told,
                "; " if told else "",
                *say("{name}: {now}{before}", name=name, now=now or NONE, before=before),
            )
    return told or ("some details",)


def _told(ticket: Ticket, person: str, changes: Text) -> Post:
    words = say("{who} changed this. {changes}.", who=Mention(person), changes=changes)
    return thread_post(ticket, f"{DETAILS}:{ticket.revision}", Card(text=words))
