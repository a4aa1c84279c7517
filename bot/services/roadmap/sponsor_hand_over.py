"""A sponsor hands an item over: they name somebody, who accepts or declines; nothing changes before that."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.domain.errors import Conflict, Invalid
from bot.domain.people import Side
from bot.domain.sponsor import HandOver, side_of_sponsor, sponsored
from bot.messages import (
    Address,
    Button,
    Card,
    Choice,
    Field,
    FieldKind,
    Form,
    Mention,
    Post,
    Request,
    Strong,
    Style,
    say,
)
from bot.services.agreement import person_field, person_in
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.people.roles import colleague
from bot.services.roadmap.roadmap import item_in, view_of

FORM, ACCEPT, DECLINE = "sponsor_hand_over", "sponsor_accept", "sponsor_decline"
OLD = "This can't be answered any more. Look at the item: /itcheck roadmap."
LABEL_MOST = 70

log = structlog.get_logger()


def hand_over_form(desk: Desk, request: Request) -> Form:
    """The form that names the next sponsor. Raises Conflict for who sponsors nothing."""
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace)
    mine = sponsored(view.road_map, view.today).get(request.actor, ())
    if not mine:
        raise Conflict("You sponsor nothing that is on now.")
    choices = tuple(Choice(shorten(f"{one.key} {one.need}", LABEL_MOST), one.key) for one in mine[:100])
    members = desk.directory.members(request.workspace, view.channel.id)
    people = [one for one in members if not one.is_guest and not one.is_bot and one.id != request.actor]
    fields = (
        Field("item", "Which item?", FieldKind.CHOICE, choices[0].value, required=True, choices=choices),
        person_field("to", "Who shall be its sponsor?", people, "", "They are asked first"),
    )
    context = {"conversation": view.channel.id}
    return Form(FORM, "Hand an item over", fields, "Ask them", context=context)


def check_hand_over(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled form, by field."""
    errors = {} if values.get("item", "").strip() else {"item": "Please choose an item."}
    if not person_in(values.get("to", "")):
        errors["to"] = "Please choose somebody, or type a mention like @name."
    return errors


def offer(desk: Desk, request: Request) -> Card:
    """Ask somebody to take an item over. Raises NotAllowed for who is not its sponsor, Invalid for a guest."""
    taker = colleague(desk, request, person_in(request.values.get("to", "")), "to")
    if taker.id == request.actor:
        raise Invalid("You are its sponsor already. Please choose somebody else.", "to")
    with desk.unit_of_work() as uow:
        item = item_in(uow.roadmap_drafts.get(request.workspace).road_map, request.values.get("item", ""))
        side = side_of_sponsor(item, request.actor)
        value = f"{item.key} {side.value} {request.actor} {taker.id}"
        card = Card(
            title="🙋 Will you be its sponsor?",
            text=say("{who} hands {key} {need} over to you: {outcome}", who=Mention(request.actor), key=item.key,
                     need=Strong(item.need), outcome=item.outcome or "its outcome is still to be said."),
            buttons=(Button("I will", ACCEPT, value, Style.PRIMARY), Button("Rather not", DECLINE, value)),
            note=say("A sponsor wants the outcome, answers for it, and says a short word each month."),
        )  # fmt: skip
        key = f"{FORM}:{request.key}"
        uow.outbox.put([Post(request.workspace, key, Address(person=taker.id), card, lane=key)])
    return Card(text=say("{who} is asked. Until they accept, you stay its sponsor.", who=Mention(taker.id)))


def answer_offer(desk: Desk, request: Request, *, accepted: bool) -> Card:
    """Take an item over, or decline; who offered it hears of it. Raises NotAllowed, Conflict if it has changed."""
    offered = _read(request.value)
    desk.member(request.workspace, request.actor)
    with desk.unit_of_work() as uow:
        draft = uow.roadmap_drafts.get(request.workspace)
        item = offered.accept(draft.road_map, request.actor)
        if accepted:
            uow.roadmap_drafts.save(request.workspace, draft.put(item, because="its sponsor handed it over"))
        said = "is the sponsor of {key} {need} now" if accepted else "would rather not be the sponsor of {key} {need}"
        told = say(f"🙋 {{who}} {said}.", who=Mention(request.actor), key=item.key, need=Strong(item.need))
        key = f"{FORM}:{request.key}:answer"
        uow.outbox.put([Post(request.workspace, key, Address(person=offered.giver), Card(text=told), lane=key)])
    log.info("sponsor_handed_over", key=item.key, accepted=accepted, by=request.actor)
    thanks = (
        "Thank you! It is in the draft, which both sides sign."
        if accepted
        else "All right, and thank you for saying so."
    )
    return Card(text=(thanks,))


def _read(value: str) -> HandOver:
    parts = value.split(" ")
    if len(parts) != 4 or parts[1] not in set(Side):
        raise Conflict(OLD)
    return HandOver(parts[0], Side(parts[1]), parts[2], parts[3])
