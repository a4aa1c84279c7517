"""Decisions of a road map review: taken down by form, told in its thread, and changed in the draft at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import structlog

from bot.domain.errors import Conflict, Invalid
from bot.domain.people import Person
from bot.domain.quarters import read_days
from bot.domain.roadmap import Item, ItemStatus
from bot.domain.roadmap_diff import differences
from bot.domain.roadmap_review import RoadMapReview
from bot.domain.roadmap_schedule import what_moves
from bot.messages import (
    Address,
    Card,
    Choice,
    Code,
    Field,
    FieldKind,
    Form,
    Line,
    Mention,
    Post,
    Request,
    Section,
    Strong,
    say,
)
from bot.ports import UnitOfWork
from bot.services.agreement import person_field, person_in
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.roadmap.item_fields import MOST
from bot.services.roadmap.roadmap import View, item_in, require_keeper, view_of
from bot.services.roadmap.roadmap_card import drags_words

FORM = "roadmap_decide"
CHOICES_MOST, LABEL_MOST = 100, 70
KEEP = "keep"
VERDICTS = {
    KEEP: "Leave its status",
    ItemStatus.PLANNED.value: "Take it in: planned",
    ItemStatus.IN_PROGRESS.value: "It has begun",
    ItemStatus.LAUNCH.value: "It goes into launch",
    ItemStatus.DONE.value: "It is done",
    ItemStatus.DROPPED.value: "Drop it",
}
OLD = "This button is from an older review. Look at the newest one in the channel."

log = structlog.get_logger()


def decision_form(desk: Desk, request: Request) -> Form:
    """The form that takes a decision down. Raises NotAllowed for who does not keep the road map, Conflict."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        require_keeper(who, uow.workspaces.roles(request.workspace))
        last = _review(uow, request.workspace, request.value)
        view = view_of(desk, uow, request.workspace, last.conversation)
    people = [one for one in desk.directory.members(request.workspace, last.conversation) if not one.is_guest]
    context = {"review": request.value, "conversation": request.conversation}
    decider = person_field("by", "Who decided?", people, who.id)
    return Form(FORM, "Record a decision", (*_fields(view), decider), "Save", context=context)


def check_decision(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled form, by field; what only the store knows is checked when it is saved."""
    errors = {} if values.get("item", "").strip() else {"item": "Please choose an item."}
    if values.get("verdict", KEEP) not in VERDICTS:
        errors["verdict"] = "Please choose one of the answers."
    if not person_in(values.get("by", "")):
        errors["by"] = "Please choose somebody, or type a mention like @name."
    if not values.get("why", "").strip():
        errors["why"] = "Please say why: both sides read it when they sign."
    for name in ("start", "end"):
        try:
            _days(values, name)
        except Invalid as error:
            errors[name] = error.words
    return errors


def decide_item(desk: Desk, request: Request) -> None:
    """Change the draft as it was decided, and tell it in the review's thread. Raises NotAllowed, Conflict, Invalid."""
    who = desk.person(request.workspace, request.actor)
    decider = desk.person(request.workspace, person_in(request.values.get("by", "")))
    if decider.is_bot or decider.is_guest:
        raise Invalid("Please choose a colleague: guests and bots can't decide.", "by")
    why = " ".join(request.values.get("why", "").split()).removeprefix("because ")
    with desk.unit_of_work() as uow:
        require_keeper(who, uow.workspaces.roles(request.workspace))
        last = _review(uow, request.workspace, request.context.get("review", ""))
        view = view_of(desk, uow, request.workspace, last.conversation)
        before = item_in(view.road_map, request.values.get("item", ""))
        after = _changed(before, request.values)
        if after == before:
            raise Invalid("Nothing would change. Choose a status, or give new dates.", "verdict")
        draft = uow.roadmap_drafts.save(request.workspace, view.draft.put(after, because=why))
        (change,) = differences(view.road_map, draft.road_map)
        card = _told(view, after, "; ".join(change.what), why, decider, who)
        key = f"{last.key}:decision:{request.key}"
        to = Address(last.conversation)
        uow.outbox.put([Post(request.workspace, key, to, card, lane=last.key, in_thread_of=last.key)])
    log.info("roadmap_decided", key=after.key, by=decider.id, recorded_by=who.id)


def _review(uow: UnitOfWork, workspace: str, slot: str) -> RoadMapReview:
    last = uow.roadmap_reviews.last(workspace)
    if last is None or last.slot.name != slot:
        raise Conflict(OLD)
    return last


def _fields(view: View) -> tuple[Field, ...]:
    items = [one for one in view.road_map.ranked if one.is_open][:CHOICES_MOST]
    choices = tuple(Choice(shorten(f"{one.key} {one.need}", LABEL_MOST), one.key) for one in items)
    verdicts = tuple(Choice(words, value) for value, words in VERDICTS.items())
    return (
        Field("item", "Which item?", FieldKind.CHOICE, required=True, choices=choices),
        Field("verdict", "What was decided?", FieldKind.CHOICE, KEEP, choices=verdicts),
        Field("start", "New start", hint="Such as 2027-03-15, 2027-03 or 2027-Q1; empty: as it is", most=20),
        Field("end", "New end", hint="Empty: as it is, or as long after the new start as before", most=20),
        Field("why", "Why?", required=True, hint="Both sides read it when they sign", most=MOST["why"]),
    )


def _changed(before: Item, values: Mapping[str, str]) -> Item:
    """The item as it was decided; with a new start alone it takes as long as before."""
    start, end = _days(values, "start"), _days(values, "end")
    first = start[0] if start else before.start
    last = end[1] if end else first + (before.end - before.start)
    verdict = values.get("verdict", KEEP)
    status = before.status if verdict == KEEP else ItemStatus(verdict)
    return replace(before, start=first, end=last, status=status)


def _days(values: Mapping[str, str], name: str) -> tuple[date, date] | None:
    words = values.get(name, "").strip()
    return read_days(words, name) if words else None


def _told(view: View, after: Item, what: str, why: str, decider: Person, who: Person) -> Card:
    moved = what_moves(view.road_map, after, view.today)
    lines = (Line(say("It moves {what} too.", what=drags_words(moved))),) if moved else ()
    return Card(
        text=say(
            "⚖️ {who} decided: {key} {need} {what}, because {why}.",
            who=Mention(decider.id),
            key=after.key,
            need=Strong(after.need),
            what=what,
            why=why,
        ),
        sections=(Section("", lines),) if lines else (),
        note=say(
            "Taken down by {who}. It is in the draft: {how}", who=Mention(who.id), how=Code("/itcheck roadmap draft")
        ),
    )
