"""Somebody is asked to be a sponsor: by the sponsor before them, or as the first one of a ticket that needs one.

They accept or decline; nothing changes before that.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.domain.errors import Conflict, Invalid
from bot.domain.people import Side
from bot.domain.sponsor import HandOver, side_of_sponsor
from bot.domain.stake import name_sponsor
from bot.domain.ticket import Ticket
from bot.messages import Address, Button, Card, Form, Mention, Post, Request, Strong, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.agreement import person_field, person_in
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.people.roles import colleague
from bot.services.roadmap.roadmap import item_in, view_of
from bot.services.roadmap.sponsors import HAND_OVER, item_field, sponsored_by
from bot.services.roadmap.stakes import stakes_of
from bot.services.tickets.tickets import number_of, settle

FORM, ACCEPT, DECLINE = HAND_OVER, "sponsor_accept", "sponsor_decline"
OLD = "This can't be answered any more. Look at the item: /itcheck roadmap."

log = structlog.get_logger()


def hand_over_form(desk: Desk, request: Request) -> Form:
    """The form that names the next sponsor. Raises Conflict for who sponsors nothing."""
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace)
        mine = stakes_of(uow, request.workspace, view.road_map, view.today).get(request.actor, ())
    if not mine:
        raise Conflict("You sponsor nothing that is on now.")
    members = desk.directory.members(request.workspace, view.channel.id)
    people = [one for one in members if one.is_colleague and one.id != request.actor]
    fields = (item_field(mine), person_field("to", "Who shall be its sponsor?", people, "", "They are asked first"))
    context = {"conversation": view.channel.id}
    return Form(FORM, "Hand an item over", fields, "Ask them", context=context)


def check_hand_over(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled form, by field."""
    errors: dict[str, str] = {} if values.get("item", "").strip() else {"item": "Please choose an item."}
    return {**errors, **check_taker(values)}


def check_taker(values: Mapping[str, str]) -> Mapping[str, str]:
    """Whether a filled form names somebody, by field."""
    return {} if person_in(values.get("to", "")) else {"to": "Please choose somebody, or type a mention like @name."}


def offer(desk: Desk, request: Request) -> Card:
    """Ask somebody to take something over. Raises NotAllowed for who is not its sponsor, Invalid for a guest."""
    taker = colleague(desk, request, person_in(request.values.get("to", "")), "to")
    if taker.id == request.actor:
        raise Invalid("You are its sponsor already. Please choose somebody else.", "to")
    with desk.unit_of_work() as uow:
        key = sponsored_by(uow, request.workspace, request.values.get("item", ""), request.actor)
        side = Side.MARKETING
        if not key.startswith("IT-"):
            side = side_of_sponsor(item_in(uow.roadmap_drafts.get(request.workspace).road_map, key), request.actor)
        uow.outbox.put([asked(uow, request, HandOver(key, side, request.actor, taker.id), "hands {it} over to you")])
    return Card(text=say("{who} is asked. Until they accept, you stay its sponsor.", who=Mention(taker.id)))


def asked(uow: UnitOfWork, request: Request, offered: HandOver, how: str) -> Post:
    """The question to who shall be a sponsor; `how` goes on after the name of who asks, and names `{it}`."""
    title, outcome = _known(uow, request.workspace, offered.item)
    it = say("{key} {title}", key=offered.item, title=Strong(title))
    value = f"{offered.item} {offered.side.value} {offered.giver} {offered.taker}"
    card = Card(
        title="🙋 Will you be its sponsor?",
        text=say(f"{{who}} {how}: {{outcome}}", who=Mention(request.actor), it=it, outcome=outcome),
        buttons=(Button("I will", ACCEPT, value, Style.PRIMARY), Button("Rather not", DECLINE, value)),
        note=say("A sponsor wants the outcome, answers for it, and says a short word each month."),
    )
    key = f"{FORM}:{request.key}"
    return Post(request.workspace, key, Address(person=offered.taker), card, lane=key)


def thanks_post(ticket: Ticket) -> Post:
    """What the thread of a ticket hears of its new sponsor."""
    words = say("🙋 {who} sponsors this: they want the outcome, and answer for it.", who=Mention(ticket.sponsor))
    return thread_post(ticket, f"sponsor:{ticket.revision}", Card(text=words))


def answer_offer(desk: Desk, request: Request, *, accepted: bool) -> Card:
    """Be a sponsor, or decline; who asked hears of it. Raises NotAllowed, Conflict if it has changed."""
    offered = _read(request.value)
    desk.member(request.workspace, request.actor)
    with desk.unit_of_work() as uow:
        answer = _answer_for_ticket if offered.item.startswith("IT-") else _answer_for_item
        thanks = answer(desk, uow, offered, request, accepted=accepted)
        title, _ = _known(uow, request.workspace, offered.item)
        said = "is the sponsor of {key} {title} now" if accepted else "would rather not be the sponsor of {key} {title}"
        told = say(f"🙋 {{who}} {said}.", who=Mention(request.actor), key=offered.item, title=Strong(title))
        key = f"{FORM}:{request.key}:answer"
        uow.outbox.put([Post(request.workspace, key, Address(person=offered.giver), Card(text=told), lane=key)])
    log.info("sponsor_handed_over", key=offered.item, accepted=accepted, by=request.actor)
    return Card(text=thanks if accepted else say("All right, and thank you for saying so."))


def _answer_for_item(desk: Desk, uow: UnitOfWork, offered: HandOver, request: Request, *, accepted: bool) -> Text:
    draft = uow.roadmap_drafts.get(request.workspace)
    item = offered.accept(draft.road_map, request.actor)
    if accepted:
        uow.roadmap_drafts.save(request.workspace, draft.put(item, because="its sponsor handed it over"))
    return say("Thank you! It is in the draft, which both sides sign.")


def _answer_for_ticket(desk: Desk, uow: UnitOfWork, offered: HandOver, request: Request, *, accepted: bool) -> Text:
    ticket = uow.tickets.get(request.workspace, number_of(offered.item))
    offered.accept_ticket(ticket.sponsor, ticket.liaison, request.actor)
    if accepted:
        name_sponsor(ticket, request.actor, request.actor, desk.at())
        settle(uow, ticket, [thanks_post(ticket)])
    return say("Thank you! It stands on the ticket's card.")


def _known(uow: UnitOfWork, workspace: str, key: str) -> tuple[str, str]:
    """The title of an item or ticket, and what is wanted of it."""
    if key.startswith("IT-"):
        ticket = uow.tickets.get(workspace, number_of(key))
        return ticket.title, ticket.facts.get("purpose", "") or "its outcome is still to be said."
    item = item_in(uow.roadmap_drafts.get(workspace).road_map, key)
    return item.need, item.outcome or "its outcome is still to be said."


def _read(value: str) -> HandOver:
    parts = value.split(" ")
    if len(parts) != 4 or parts[1] not in set(Side):
        raise Conflict(OLD)
    return HandOver(parts[0], Side(parts[1]), parts[2], parts[3])
