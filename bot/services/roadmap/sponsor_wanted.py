"""A ticket above a size needs a sponsor: its thread is asked for one once; whoever is named is asked in turn."""

from __future__ import annotations

from functools import partial

import structlog

from bot.domain.abilities import Ability
from bot.domain.amounts import amount_of
from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.money import money_of
from bot.domain.people import Side
from bot.domain.sponsor import HandOver
from bot.domain.stake import Size
from bot.domain.stake import name_sponsor as be_sponsor
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Form, Line, Mention, Post, Request, Section, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.agenda.place import channels_by_workspace
from bot.services.agreement import person_field, person_in
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.long_lists import first_lines
from bot.services.notifications import thread_post
from bot.services.people.roles import colleague
from bot.services.roadmap.roadmap import with_currency
from bot.services.roadmap.sponsor_hand_over import asked, thanks_post
from bot.services.roadmap.sponsors import has_left
from bot.services.roadmap.stakes import Large, large_tickets
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.revisions import colleagues_in
from bot.services.tickets.tickets import check_ability, number_of, settle

NAME = "sponsor_name"
LISTED = 12
HOW = "Type /itcheck sponsor size 10,000 100k: from 10,000 a year, or from 100,000 people on."
WANTED = "This is large ({why}). {asker}, who wants the outcome, and answers for it? Whoever you name is asked first."

log = structlog.get_logger()


def seek_sponsors(desk: Desk) -> bool:
    """Ask in the thread of each large ticket without a sponsor who that is; once for each. Always False."""
    for channel, *_ in channels_by_workspace(desk):
        with desk.look() as uow:
            large = large_tickets(uow, channel.workspace, currency_of(desk, uow, channel.workspace))
        wanted = [_wanted(one) for one in large if not one.ticket.sponsor]
        if wanted:
            with desk.unit_of_work() as uow:
                uow.outbox.put(wanted)
    return False


def sponsors_card(desk: Desk, request: Request) -> Card:
    """The large tickets with their sponsors. Raises NotAllowed for guests. Asks the chat for who has left."""
    desk.member(request.workspace, request.actor)
    with desk.look() as uow:
        currency = currency_of(desk, uow, request.workspace)
        size, large = uow.sponsor_words.size(request.workspace), large_tickets(uow, request.workspace, currency)
    lines = first_lines(large, LISTED, partial(_line, desk))
    none = "No open ticket is that large."
    return Card(
        title="🙋 Sponsors of large tickets",
        text=() if lines else (none,),
        sections=(Section("", lines),) if lines else (),
        note=say(
            "Large is from {yearly} {currency} a year, or from {audience} people on. Items: /itcheck roadmap.",
            yearly=f"{size.yearly:,f}", currency=currency, audience=f"{size.audience:,}",
        ),
    )  # fmt: skip


def resize(desk: Desk, request: Request, words: str) -> Card:
    """Say what is large: `10,000 100k`. Raises NotAllowed for who is no admin, Invalid."""
    who = desk.person(request.workspace, request.actor)
    parts = words.split()
    if len(parts) != 2:
        raise Invalid(HOW)
    with desk.unit_of_work() as uow:
        if not may_set_up(who, uow.workspaces.roles(request.workspace)):
            raise NotAllowed("Only an admin can say what is large. Ask them for /itcheck sponsor size.")
        currency = currency_of(desk, uow, request.workspace)
        size = Size(money_of(parts[0], currency).amount, amount_of(parts[1]))
        uow.sponsor_words.resize(request.workspace, size)
    said = f"From {size.yearly:,f} {currency} a year, or {size.audience:,} people on, a ticket has a sponsor."
    return Card(text=(said,))


def name_form(desk: Desk, request: Request, ticket: str) -> Form:
    """The form that names the sponsor of a ticket (`IT-4`). Raises NotAllowed, NotFound, Conflict if there is one."""
    name = check_ability(desk, request.workspace, request.actor, ticket, Ability.SPONSOR)
    with desk.look() as uow:
        found = uow.tickets.get(request.workspace, number_of(name))
    _require_none(desk, found)
    people = colleagues_in(desk, request.workspace, found.place.conversation)
    field = person_field(
        "to", "Who sponsors it?", people, "", "They want the outcome and answer for it; they are asked"
    )
    intro = say("{name} {title}", name=name, title=found.title)
    return Form(NAME, "Name a sponsor", (field,), "Ask them", intro, {"ticket": name})


def name_sponsor(desk: Desk, request: Request) -> Card:
    """Ask whom a filled form names; who names themselves is it at once. Raises NotAllowed, Invalid, Conflict."""
    taker = colleague(desk, request, person_in(request.values.get("to", "")), "to")
    name = check_ability(desk, request.workspace, request.actor, request.context.get("ticket", ""), Ability.SPONSOR)
    with desk.look() as uow:
        before = uow.tickets.get(request.workspace, number_of(name))
    _require_none(desk, before)
    offered = HandOver(name, Side.MARKETING, request.actor, taker.id)
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, before.number)
        if ticket.sponsor and ticket.sponsor != before.sponsor:
            raise Conflict("Somebody else was faster: it has a sponsor now.")
        if taker.id == ticket.liaison:
            raise Invalid(f"{taker.name} decides on it for IT. Please choose somebody else.", "to")
        if ticket.sponsor or taker.id == request.actor:
            be_sponsor(ticket, taker.id if taker.id == request.actor else "", request.actor, desk.at())
            settle(uow, ticket, [thanks_post(ticket)] if ticket.sponsor else [])
        if taker.id != request.actor:
            uow.outbox.put([asked(uow, request, offered, "asks you to sponsor {it}")])
    log.info("sponsor_named", ticket=name, by=request.actor)
    if taker.id == request.actor:
        return Card(text=say("Thank you! It stands on the ticket's card."))
    return Card(text=say("{who} is asked. I tell you what they say.", who=Mention(taker.id)))


def currency_of(desk: Desk, uow: UnitOfWork, workspace: str) -> str:
    """The currency that a workspace counts in: that of its road map, else of its policy."""
    return with_currency(desk, uow, workspace, uow.roadmap_drafts.get(workspace)).road_map.currency


def _wanted(large: Large) -> Post:
    ticket = large.ticket
    button = Button("Name a sponsor", NAME, ticket.name, Style.PRIMARY)
    words = say(WANTED, why=large.why, asker=Mention(ticket.requester))
    return thread_post(ticket, "sponsor-wanted", Card(text=words, buttons=(button,)))


def _line(desk: Desk, large: Large) -> Line:
    ticket = large.ticket
    words = say("{link} {title} ({why}): ", link=ticket_link(ticket), title=ticket.title, why=large.why)
    button = Button("Name one", NAME, ticket.name)
    if not ticket.sponsor:
        return Line(words + say("nobody yet"), button)
    who: Text = (Mention(ticket.sponsor),)
    if has_left(desk, ticket.workspace, ticket.sponsor):
        return Line(words + who + say(", who has left"), button)
    return Line(words + who)


def _require_none(desk: Desk, ticket: Ticket) -> None:
    """Return if a ticket has no sponsor, or one who has left; else raise Conflict. Asks the chat."""
    if ticket.sponsor and not has_left(desk, ticket.workspace, ticket.sponsor):
        raise Conflict("It has a sponsor, who can hand it over: the button is in what they are asked each month.")
