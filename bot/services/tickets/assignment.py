"""Who is given a ticket, and why: chosen when it is opened, offered when it is reassigned."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from bot.domain.absence import away_at
from bot.domain.assignment import Candidate, Need, Pick, Rule, pick, words_of
from bot.domain.errors import Conflict, NotFound
from bot.domain.kinds import kind_of
from bot.domain.people import Role
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Channel as ChannelName
from bot.messages import Field, Mention, Request, Text, say
from bot.ports import UnitOfWork
from bot.services.agreement import person_field
from bot.services.desk import Desk
from bot.services.people.holders import may_be_liaison, of_the_it_side
from bot.services.tickets.tickets import number_of

NOBODY_ELSE = (
    "Nobody else is on the IT side yet. An admin can name more: /itcheck people liaison @one @two, with everybody "
    "who is one."
)


def assign(uow: UnitOfWork, ticket: Ticket, channel: Channel, category: str = "") -> Text:
    """Give a new ticket to somebody (nobody if no liaison and no IT manager is named); why it is them, as told to them.

    `category`: of the tool it is about, if that is known.
    """
    chosen = choose(uow, ticket, channel, category, ticket.opened_at)
    if chosen is not None:
        ticket.assign(chosen.person, ticket.opened_at, "", why_words(chosen))
        return why_text(chosen, channel)
    manager = uow.workspaces.roles(ticket.workspace).first(Role.IT_MANAGER)
    if manager:
        ticket.assign(manager, ticket.opened_at, "", "no liaison is named; the IT manager takes it")
    return say("no liaison is named for {channel} yet, and you manage IT", channel=ChannelName(channel.id))


def choose(uow: UnitOfWork, ticket: Ticket, channel: Channel, category: str, at: datetime) -> Pick | None:
    """Whom the rules would give the ticket to at a time; None if there is no liaison."""
    workspace = ticket.workspace
    named = uow.workspaces.roles(workspace).holders.get(Role.LIAISON, ())
    people = dict.fromkeys(person for person in (channel.liaison, *named) if person)
    skills, loads = uow.skills.of(workspace), uow.skills.loads(workspace)
    candidates = [Candidate(person, skills.get(person, ()), loads.get(person, 0)) for person in people]
    return pick(_need(ticket, category), candidates, channel.liaison, away_at(uow.absences.of(workspace), at))


def why_words(chosen: Pick) -> str:
    """Why it is them, for the ticket's log."""
    why = {
        Rule.CATEGORY: f"looks after {chosen.skill}",
        Rule.KIND: f"looks after {chosen.skill}",
        Rule.CHANNEL: "liaison of the channel",
        Rule.LOAD: "has the fewest open tickets",
    }[chosen.rule]
    if chosen.is_delegate:
        return f"stands in for somebody who is away and {why}"
    return f"{why}; the first choice is away" if chosen.instead_of else why


def why_text(chosen: Pick, channel: Channel) -> Text:
    """Why it is them, as it is told to them."""
    if chosen.is_delegate:
        return say("you stand in for {away}, who is away", away=Mention(chosen.instead_of))
    why = {
        Rule.CATEGORY: say("you look after {skill}", skill=chosen.skill),
        Rule.KIND: say("you look after {skill}", skill=chosen.skill),
        Rule.CHANNEL: say("you are the liaison for {channel}", channel=ChannelName(channel.id)),
        Rule.LOAD: say("you have the fewest open tickets"),
    }[chosen.rule]
    return why + say(", and {away} is away", away=Mention(chosen.instead_of)) if chosen.instead_of else why


def liaison_field(desk: Desk, request: Request) -> Field:
    """The field for another liaison: whoever else is of the IT side. Raises Conflict where there is nobody else."""
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(request.value))
        others = [one for one in of_the_it_side(uow, ticket.workspace) if one != ticket.liaison]
    people = []
    for person in others:
        with suppress(NotFound):
            people.append(desk.person(request.workspace, person))
    fit = sorted((one for one in people if may_be_liaison(one)), key=lambda person: person.name.lower())
    if not fit:
        raise Conflict(NOBODY_ELSE)
    return person_field("liaison", "New liaison", fit, "", "They are pinged in the thread and directly")


def _need(ticket: Ticket, category: str) -> Need:
    return Need(kind_of(ticket.kind).title, words_of(category, ticket.title, *ticket.facts.values()))
