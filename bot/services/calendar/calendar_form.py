"""The form of one entry of the campaign calendar."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.errors import NotAllowed
from bot.domain.people import Person
from bot.domain.planned import KIND_WORDS, MOST_NAME, MOST_NOTE, MOST_SITE, Planned, PlannedKind
from bot.messages import Choice, Field, FieldKind, Form, Request
from bot.services.agenda.place import channel_for
from bot.services.agreement import NOBODY, PEOPLE_MOST
from bot.services.calendar.calendar import ADDED, NO_GUESTS, TAKE_OUT, entry_for, kinds_for
from bot.services.calendar.planned_fields import values_of
from bot.services.desk import Desk

FORM = "calendar_entry"
KEEP = "keep"


def entry_form(desk: Desk, request: Request, kind: str = "", key: str = "") -> Form:
    """The form of a new entry of a `kind`, or of the one that is known by `key`.

    Raises NotAllowed, Conflict without a marketing channel, NotFound if it is gone.
    """
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        channel = channel_for(uow, request.workspace, request.conversation)
        roles = uow.workspaces.roles(request.workspace)
        one = entry_for(uow, who, request.workspace, key)
    kinds = kinds_for(who, roles) & ADDED
    if not kinds:
        raise NotAllowed(NO_GUESTS)
    members = desk.directory.members(request.workspace, channel.id)
    people = [member for member in members if member.is_colleague]
    return Form(
        FORM,
        "Calendar entry",
        _fields(one, kind, kinds, people, channel.tz),
        submit="Save",
        context={
            "zone": channel.zone,
            "entry": key,
            "kind": one.kind.value if one else "",
            "conversation": request.conversation or channel.id,
        },
    )


def _fields(
    one: Planned | None, kind: str, kinds: frozenset[PlannedKind], people: Sequence[Person], zone: ZoneInfo
) -> tuple[Field, ...]:
    filled = values_of(one, zone) if one else {}
    offered = tuple(Choice(words, key.value) for key, words in KIND_WORDS.items() if key in kinds)
    given = kind if kind in {choice.value for choice in offered} else offered[0].value
    (start, start_time), (end, end_time) = (_split(filled.get(edge, "")) for edge in ("start", "end"))
    chosen = Field("kind", "What is it?", FieldKind.CHOICE, filled.get("kind", given), required=True, choices=offered)
    first = (chosen,) if one is None or one.kind in kinds else ()
    fields = (
        *first,
        Field("name", "Name", value=filled.get("name", ""), required=True, most=MOST_NAME),
        Field("start", "First day", FieldKind.DATE, start, required=True),
        Field("start_time", "From", value=start_time, hint=f"Such as 22:00, {zone.key}; empty: whole days", most=5),
        Field("end", "Last day", FieldKind.DATE, end, hint="Empty: the same day"),
        Field("end_time", "Until", value=end_time, most=5),
        Field("site", "Site", value=filled.get("site", ""), hint="shop.example.com; empty: all", most=MOST_SITE),
        _granter(one, people),
        Field("tool", "Tool it needs", value=filled.get("tool", ""), hint="For a launch", most=100),
        Field("note", "Note for IT", FieldKind.PARAGRAPH, filled.get("note", ""), "Not in the feed", most=MOST_NOTE),
    )
    return (*fields, _keep()) if one else fields


def _granter(one: Planned | None, people: Sequence[Person]) -> Field:
    label, hint = "Who can grant an exception?", "From a freeze; nobody named: the IT manager"
    holder = one.granter if one else ""
    if not 0 < len(people) < PEOPLE_MOST:
        return Field("grants", label, value=f"@{holder}" if holder else "", hint=hint)
    known = {person.id: person.name or person.id for person in people}
    known |= {holder: holder} if holder and holder not in known else {}
    choices = (Choice("The IT manager", NOBODY), *(Choice(name, person) for person, name in known.items()))
    return Field("grants", label, FieldKind.CHOICE, holder or NOBODY, hint, choices=choices)


def _keep() -> Field:
    choices = (Choice("It stays in the calendar", KEEP), Choice("Take it out", TAKE_OUT))
    return Field("keep", "In the calendar?", FieldKind.CHOICE, KEEP, choices=choices)


def _split(words: str) -> tuple[str, str]:
    day, _, time = words.partition(" ")
    return day, time
