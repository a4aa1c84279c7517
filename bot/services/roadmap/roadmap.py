"""The road map in chat: looked through by quarter, items added and changed by form; every change goes to the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

import structlog

from bot.domain.action import RUNS_THE_SYNC
from bot.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from bot.domain.money import money_of
from bot.domain.people import Person, Role
from bot.domain.quarters import read_quarter
from bot.domain.roadmap import PREFIX, Item, ItemStatus, RoadMap
from bot.domain.roadmap_edition import Draft, RoadMapRevision
from bot.domain.workspace import Channel, Roles
from bot.messages import Request
from bot.ports import UnitOfWork
from bot.services.agenda.place import channel_for
from bot.services.agreement import person_in
from bot.services.desk import Desk
from bot.services.people.roles import colleague
from bot.services.roadmap.item_fields import PEOPLE, key_in, read_item, values_of

KEEPERS = RUNS_THE_SYNC | {Role.SPONSOR}
NO_GUESTS = "Guests can't change the road map. Please ask the colleague you work with."
NOT_YOURS = "Only its owners and sponsors, the liaison, a manager or an admin change an item. Please ask one of them."
PROPOSE = "A new item is proposed first: a liaison or a manager takes it in. Please choose “proposed”."
ONLY_KEEPERS = "Only a liaison, a manager, a sponsor or an admin does that. Please ask one of them."
NO_ITEM = "There is no {key} on the road map. /itcheck roadmap shows what there is."
CHANGED_SINCE = "Somebody changed {key} after you opened the form. Nothing was saved: open it again to see it as it is."

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class View:
    """The road map as it stands: its draft, the revision signed last (None: none yet), and today in the channel."""

    draft: Draft
    signed: RoadMapRevision | None
    channel: Channel
    today: date

    @property
    def road_map(self) -> RoadMap:
        """All items as the draft has them."""
        return self.draft.road_map

    @property
    def agreed(self) -> RoadMap:
        """What both sides signed last; an empty one before that."""
        return self.signed.road_map if self.signed else RoadMap(currency=self.road_map.currency)


def view_of(desk: Desk, uow: UnitOfWork, workspace: str, conversation: str = "") -> View:
    """The road map as it stands. Raises Conflict without a marketing channel."""
    channel = channel_for(uow, workspace, conversation)
    draft, signed = uow.roadmap_drafts.get(workspace), uow.roadmap_revisions.signed(workspace)
    return View(with_currency(desk, uow, workspace, draft), signed, channel, desk.at().astimezone(channel.tz).date())


def with_currency(desk: Desk, uow: UnitOfWork, workspace: str, draft: Draft) -> Draft:
    """A draft that nobody has changed yet counts in the currency of the policy."""
    if draft.version:
        return draft
    edition = uow.policies.in_force(workspace)
    policy = edition.policy if edition else desk.policy
    return replace(draft, road_map=replace(draft.road_map, currency=policy.currency)) if policy else draft


def item_in(road_map: RoadMap, words: str) -> Item:
    """The item some words mean: `RM-3` or `3`. Raises NotFound."""
    key = key_in(words)
    found = road_map.by_key.get(key)
    if found is None:
        raise NotFound(NO_ITEM.format(key=key[:20]))
    return found


def may_change(item: Item | None, who: Person, roles: Roles) -> bool:
    """Whether somebody may change an item, or (None) add one: keepers and its people; adding: every colleague."""
    if who.is_guest or who.is_bot:
        return False
    if item is None or is_keeper(who, roles):
        return True
    return f"@{who.id}" in {*item.owners.values(), *item.sponsors.values()}


def is_keeper(who: Person, roles: Roles) -> bool:
    """Whether somebody keeps the road map: liaisons, managers, sponsors and admins."""
    return not who.is_guest and bool(roles.of(who.id) & KEEPERS)


def require_keeper(who: Person, roles: Roles) -> None:
    """Return if somebody keeps the road map; else raise NotAllowed."""
    if not is_keeper(who, roles):
        raise NotAllowed(NO_GUESTS if who.is_guest else ONLY_KEEPERS)


def require_change(item: Item | None, who: Person, roles: Roles) -> None:
    """Return if somebody may change an item or (None) add one; else raise NotAllowed."""
    if not may_change(item, who, roles):
        raise NotAllowed(NO_GUESTS if who.is_guest else NOT_YOURS)


def check_item(values: Mapping[str, str], context: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled form, by field. What only the store knows is checked when it is saved."""
    _, faults = read_item(
        {**_kept(context), **values}, context.get("item") or f"{PREFIX}0", context.get("currency", "")
    )
    return faults


def save_item(desk: Desk, request: Request) -> Item:
    """Put what a filled form says into the draft. Raises NotAllowed, NotFound, Conflict, Invalid with the field."""
    who = desk.person(request.workspace, request.actor)
    people = _people(desk, request)
    with desk.unit_of_work() as uow:
        draft = with_currency(desk, uow, request.workspace, uow.roadmap_drafts.get(request.workspace))
        before = item_in(draft.road_map, request.context["item"]) if request.context.get("item") else None
        roles = uow.workspaces.roles(request.workspace)
        require_change(before, who, roles)
        if before is not None and digest_of(before) != request.context.get("seen"):
            raise Conflict(CHANGED_SINCE.format(key=before.key))
        item = _read(request, before, people, draft.road_map)
        if before is None and item.status is not ItemStatus.PROPOSED and not is_keeper(who, roles):
            raise Invalid(PROPOSE, "status")
        uow.roadmap_drafts.save(request.workspace, draft.put(item, because=_because(request)))
    log.info("roadmap_item_saved", key=item.key, by=who.id)
    return item


def set_limit(desk: Desk, request: Request, words: str) -> str:
    """Limit what a quarter may cost: `2027-Q1 50,000`, or `2027-Q1 none`; what to say of it.

    Raises NotAllowed, Invalid.
    """
    who = desk.person(request.workspace, request.actor)
    name, _, amount = words.strip().partition(" ")
    if name.upper().startswith("Q") and amount[:4].isdigit():
        year, _, amount = amount.partition(" ")
        name = f"{name} {year}"
    quarter = read_quarter(name)
    with desk.unit_of_work() as uow:
        require_keeper(who, uow.workspaces.roles(request.workspace))
        draft = with_currency(desk, uow, request.workspace, uow.roadmap_drafts.get(request.workspace))
        limit = _limit(amount.strip(), draft.road_map.currency)
        newer = replace(draft, road_map=draft.road_map.limit(quarter, limit))
        uow.roadmap_drafts.save(request.workspace, newer)
    if limit is None:
        return f"{quarter.title} has no limit in the draft any more."
    return f"In the draft, {quarter.title} may cost {limit:,f} {draft.road_map.currency} at most."


def digest_of(item: Item) -> str:
    """What tells whether an item is still as somebody saw it."""
    return sha256(repr(sorted(values_of(item).items())).encode()).hexdigest()[:16]


def _read(request: Request, before: Item | None, people: Mapping[str, str], road_map: RoadMap) -> Item:
    row = {**(values_of(before) if before else {}), **request.values, **people}
    key = before.key if before else f"{PREFIX}{road_map.next_number}"
    item, faults = read_item(row, key, road_map.currency)
    if item is None:
        field, words = next(iter(faults.items()))
        raise Invalid(words, field)
    return item


def _people(desk: Desk, request: Request) -> dict[str, str]:
    """The people a filled form names, by field; who was there already may stay, here or not. Raises Invalid."""
    with desk.look() as uow:
        before = uow.roadmap_drafts.get(request.workspace).road_map.by_key.get(request.context.get("item", ""))
    filled = values_of(before) if before else {}
    found = {}
    for column in PEOPLE:
        words = request.values.get(column)
        if words is None:
            continue
        named, stands = person_in(words), filled.get(column, "")
        found[column] = stands if stands and words.removeprefix("@") == stands.removeprefix("@") else named
        if found[column] and found[column] != stands:
            found[column] = f"@{colleague(desk, request, named, column).id}"
    return found


def _kept(context: Mapping[str, str]) -> dict[str, str]:
    """What a form does not ask for, so that its check can read the whole item."""
    return {name.removeprefix("kept_"): value for name, value in context.items() if name.startswith("kept_")}


def _because(request: Request) -> str:
    return " ".join(request.values.get("why", "").split()).removeprefix("because ")


def _limit(words: str, currency: str) -> Decimal | None:
    return None if words.casefold() in {"none", "-", "no"} else money_of(words, currency).amount
