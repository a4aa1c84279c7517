"""What people look at: the road map page by page, one item, the changes in the draft, the order the scores suggest."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.domain.horizon import far_end
from bot.domain.roadmap import suggested_order
from bot.messages import Address, Card, Line, Post, Request, Section, Strong, say
from bot.ports import TicketFilter
from bot.services.desk import Desk
from bot.services.roadmap.changes import changes_card, changes_of
from bot.services.roadmap.roadmap import View, is_keeper, item_in, may_change, view_of
from bot.services.roadmap.roadmap_card import Shown, item_card, roadmap_card, shown_of
from bot.services.roadmap.roadmap_picture import roadmap_picture
from bot.services.roadmap.roadmap_signing import pending
from bot.services.roadmap.surroundings import events_between

ORDER_MOST = 25


def show_roadmap(desk: Desk, request: Request, page: int = 0) -> Card:
    """A page of the road map. With the first one the picture goes to who asks. Raises Conflict."""
    shown = _shown(desk, request)
    picture = roadmap_picture(shown) if not page else None
    if picture is not None:
        key = f"roadmap-picture:{request.key}"
        card = Card(text=say("The road map of the next 24 months."), picture=picture)
        with desk.unit_of_work() as uow:
            uow.outbox.put([Post(request.workspace, key, Address(person=request.actor), card, lane=key)])
    return roadmap_card(shown, page)


def show_item(desk: Desk, request: Request, words: str) -> Card:
    """One item with all it says. Raises NotFound, Conflict."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace, request.conversation)
        item = item_in(view.road_map, words)
        wanted = TicketFilter(numbers=item.serves, limit=max(1, len(item.serves)))
        tickets = {one.number: one for one in uow.tickets.search(request.workspace, wanted)} if item.serves else {}
        editable = may_change(item, who, uow.workspaces.roles(request.workspace))
    return item_card(shown_of(view, changes_of(view)), item, tickets, editable=editable)


def show_changes(desk: Desk, request: Request) -> Card:
    """What the draft changes, and who still has to sign what was put before both sides. Raises Conflict."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace, request.conversation)
        waits = pending(uow, request.workspace)
        keeper = is_keeper(who, uow.workspaces.roles(request.workspace))
    return changes_card(view, changes_of(view), keeper=keeper, pending=waits)


def show_order(desk: Desk, request: Request) -> Card:
    """The order the scores suggest, beside the ranks that stand. Raises Invalid if nothing was scored."""
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace, request.conversation)
    found = suggested_order(view.road_map.items)
    if not found:
        words = "Nothing was scored yet. Open an item and press “Order, people, money”: value, effort, risk, urgency."
        raise Invalid(words)
    lines = tuple(
        Line(
            say(
                "{place}. {key} {need}: {points} points, rank {rank}",
                place=str(place),
                key=one.key,
                need=Strong(one.need),
                points=str(one.scoring.points),
                rank=str(one.rank or "none"),
            )
        )
        for place, one in enumerate(found[:ORDER_MOST], 1)
    )
    rule = "Points: ten times (value + urgency) / (effort + risk). The ranks are what both sides sign."
    return Card(title="🧭 The order the scores suggest", sections=(Section("", lines),), note=(rule,))


def _shown(desk: Desk, request: Request) -> Shown:
    with desk.look() as uow:
        view: View = view_of(desk, uow, request.workspace, request.conversation)
        events = events_between(uow, request.workspace, view.today, far_end(view.today), view.channel.tz)
    return shown_of(view, changes_of(view), events)
