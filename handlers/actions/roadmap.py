"""The buttons of the road map."""

from __future__ import annotations

from bot.domain.signoff import MOST_REASON, Say
from bot.messages import NOTHING, Field, FieldKind, Form, Reply, Request
from bot.services.desk import Desk
from bot.services.roadmap.item_form import item_form
from bot.services.roadmap.review_decisions import decision_form
from bot.services.roadmap.roadmap_signing import check_signable, sign, submit
from bot.services.roadmap.show import show_changes, show_item, show_roadmap


def turn(desk: Desk, request: Request) -> Reply:
    """Another page, in place."""
    desk.member(request.workspace, request.actor)
    page = int(request.value) if request.value.isdigit() and len(request.value) < 5 else 0
    return Reply(card=show_roadmap(desk, request, page), replaces=True)


def show(desk: Desk, request: Request) -> Reply:
    """One item."""
    desk.member(request.workspace, request.actor)
    return Reply(card=show_item(desk, request, request.value))


def add(desk: Desk, request: Request) -> Reply:
    """The form of a new item."""
    return Reply(form=item_form(desk, request))


def edit(desk: Desk, request: Request) -> Reply:
    """The form of what an item is, and when."""
    return Reply(form=item_form(desk, request, request.value))


def more(desk: Desk, request: Request) -> Reply:
    """The form of its order, people and money."""
    return Reply(form=item_form(desk, request, request.value, more=True))


def changes(desk: Desk, request: Request) -> Reply:
    """What the draft changes."""
    desk.member(request.workspace, request.actor)
    return Reply(card=show_changes(desk, request))


def put_forward(desk: Desk, request: Request) -> Reply:
    """Put the draft before both sides."""
    return Reply(card=submit(desk, desk.person(request.workspace, request.actor), request.workspace), replaces=True)


def decide(desk: Desk, request: Request) -> Reply:
    """The form that takes a decision of a review down."""
    return Reply(form=decision_form(desk, request))


def yes(desk: Desk, request: Request) -> Reply:
    """Sign a revision."""
    sign(desk, desk.person(request.workspace, request.actor), request.workspace, request.value, Say.YES)
    return NOTHING


def no(desk: Desk, request: Request) -> Reply:
    """The form for the reason."""
    check_signable(desk, request.workspace, request.actor, request.value)
    hint = "The other side reads this"
    text = Field("text", "Why not?", FieldKind.PARAGRAPH, hint=hint, required=True, most=MOST_REASON)
    context = {"revision": request.value, "conversation": request.conversation}
    return Reply(form=Form(request.name, "No to the road map", (text,), "Say no", context=context))
