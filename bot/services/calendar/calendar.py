"""The campaign calendar in chat: looked through page by page, entries added and changed by form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import Invalid, NotAllowed, NotFound
from bot.domain.people import IT_ROLES, Person, Role
from bot.domain.planned import Planned, PlannedKind
from bot.domain.workspace import Roles
from bot.messages import Address, Card, Post, Request, Strong, say
from bot.ports import UnitOfWork
from bot.services.agenda.place import channel_for
from bot.services.agreement import person_in
from bot.services.calendar.calendar_card import calendar_card, calendar_picture, when_words
from bot.services.calendar.outlook import Outlook, outlook
from bot.services.calendar.planned_fields import read_planned
from bot.services.calendar.planned_import import over_words
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.people.roles import colleague

AHEAD = timedelta(weeks=8)
TAKE_OUT = "out"
ADDED = frozenset({PlannedKind.FREEZE, PlannedKind.MAINTENANCE, PlannedKind.LAUNCH})
ONLY_IT = "Only the IT side or an admin plans freezes and maintenance. Ask your liaison; a launch you can add yourself."
NO_GUESTS = "Guests can't change the calendar. Please ask the colleague you work with."
GONE = "This entry is not in the calendar any more. Look at /itcheck calendar again."

log = structlog.get_logger()


def show_calendar(desk: Desk, request: Request, page: int = 0) -> Card:
    """A page of the next eight weeks. With the first one the picture goes to who asks. Raises Conflict."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        seen = seen_from(desk, uow, request)
        roles = uow.workspaces.roles(request.workspace)
    picture = calendar_picture(seen)
    if picture is not None and not page:
        key = f"calendar:{request.key}"
        card = Card(text=say("The campaign calendar of the next eight weeks."), picture=picture)
        with desk.unit_of_work() as uow:
            uow.outbox.put([Post(request.workspace, key, Address(person=request.actor), card, lane=key)])
    granters = {one.key: granter_of(one, roles) for one in seen.planned if one.kind is PlannedKind.FREEZE}
    return calendar_card(seen, page, granters, kinds_for(who, roles))


def seen_from(desk: Desk, uow: UnitOfWork, request: Request) -> Outlook:
    """The next eight weeks, in the zone of the channel it is asked in. Raises Conflict without a marketing channel."""
    channel = channel_for(uow, request.workspace, request.conversation)
    now = desk.at()
    return outlook(uow, request.workspace, now, now + AHEAD, channel.tz)


def granter_of(freeze: Planned, roles: Roles, besides: str = "") -> str:
    """Who can grant an exception: who was named, else the IT manager, else the CIO; never `besides`. May be nobody."""
    people = (freeze.granter, *roles.holders.get(Role.IT_MANAGER, ()), *roles.holders.get(Role.CIO, ()))
    return next((one for one in people if one and one != besides), "")


def kinds_for(who: Person, roles: Roles) -> frozenset[PlannedKind]:
    """What somebody may add and change: IT and admins all, colleagues launches, guests nothing."""
    if roles.of(who.id) & IT_ROLES or may_set_up(who, roles):
        return frozenset(PlannedKind)
    return frozenset() if who.is_guest or who.is_bot else frozenset({PlannedKind.LAUNCH})


def check_entry(values: Mapping[str, str], context: Mapping[str, str], request: Request) -> Mapping[str, str]:
    """What is wrong with a filled form, by field."""
    if values.get("keep") == TAKE_OUT:
        return {}
    one, faults = read_planned(_row(values, context), ZoneInfo(context.get("zone", "UTC")))
    if one is not None and one.end <= request.at:
        return {"end" if values.get("end") else "start": over_words(one.end)}
    return faults


def save_entry(desk: Desk, request: Request) -> Card:
    """Keep what a filled form says, or take the entry out. Raises NotAllowed, NotFound, and Invalid with the field."""
    who = desk.person(request.workspace, request.actor)
    zone = ZoneInfo(request.context.get("zone", "UTC"))
    errors = check_entry(request.values, request.context, request)
    if errors:
        field, words = next(iter(errors.items()))
        raise Invalid(words, field)
    named = person_in(request.values.get("grants", ""))
    grants = f"@{colleague(desk, request, named, 'grants').id}" if named else ""
    one, _ = read_planned(_row(request.values, request.context), zone)
    with desk.unit_of_work() as uow:
        before = entry_for(uow, who, request.workspace, request.context.get("entry", ""))
        if before is not None and request.values.get("keep") == TAKE_OUT:
            uow.plans.remove(request.workspace, before.key)
            log.info("planned_removed", key=before.key, by=who.id)
            return Card(text=say("{name} is out of the calendar.", name=Strong(before.name)))
        if one is None:
            raise Invalid("Please fill in the form again.")
        require_kind(one.kind, who, uow.workspaces.roles(request.workspace))
        owner = before.owner if before else f"@{who.id}"
        kept = replace(one, grants=grants, owner=owner, series=before.series if before else "")
        uow.plans.save(request.workspace, kept)
    log.info("planned_saved", key=kept.key, kind=kept.kind.value, by=who.id)
    return _saved(kept, zone)


def entry_for(uow: UnitOfWork, who: Person, workspace: str, key: str) -> Planned | None:
    """The entry to be changed, None for a new one. Raises NotAllowed, and NotFound if it is gone."""
    if not key:
        return None
    found = uow.plans.get(workspace, key)
    if found is None:
        raise NotFound(GONE)
    require_kind(found.kind, who, uow.workspaces.roles(workspace))
    return found


def require_kind(kind: PlannedKind, who: Person, roles: Roles) -> None:
    """Return if the person may plan this; raise NotAllowed with who may otherwise."""
    if kind not in kinds_for(who, roles):
        raise NotAllowed(NO_GUESTS if who.is_guest else ONLY_IT)


def _row(values: Mapping[str, str], context: Mapping[str, str]) -> dict[str, str]:
    """The columns of a sheet that a form's fields make."""
    times = {
        edge: f"{values.get(edge, '')} {values.get(f'{edge}_time', '')}".strip() if values.get(edge) else ""
        for edge in ("start", "end")
    }
    if not times["end"] and values.get("end_time"):
        times["end"] = f"{values.get('start', '')} {values['end_time']}".strip()
    alike = {key: values.get(key, "") for key in ("kind", "name", "site", "tool", "note")}
    return {**alike, **times, "kind": alike["kind"] or context.get("kind", ""), "id": context.get("entry", "")}


def _saved(one: Planned, zone: ZoneInfo) -> Card:
    words = say("{name} is in the calendar: {when}.", name=Strong(one.name), when=when_words(one, zone.key))
    if one.kind is PlannedKind.FREEZE:
        words = (*words, " Campaigns that fall into it are told so in their threads.")
    return Card(text=words)
