"""Working hours: whose they are, the form to edit them, and what a filled one says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.domain.agreed import WORKSPACE, CalendarEdition, of_channel, of_person
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.hours import Calendar
from bot.domain.hours_text import dates_text, hours_text, read_dates, read_hours
from bot.domain.wall_time import zone_of
from bot.messages import Card, Field, FieldKind, Form, Request, say
from bot.ports import UnitOfWork
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.sla.almanac import coming_years, public_holidays

HOURS = "hours"
WHOSE = {"": "your", "me": "your", "mine": "your", "team": "this channel's", "workspace": "the workspace's"}
NEVER = "With these hours nobody ever works. Give a weekday some hours, such as Mon-Fri 09:00-17:00."
ADMINS_ONLY = "Only an admin can change these hours. Your own: /itcheck hours"


def hours_form(desk: Desk, request: Request) -> Form:
    """The form for one's own hours, the channel's (`team`) or the workspace's. Raises Invalid or NotAllowed."""
    owner = _owner(request.text.strip().lower(), request)
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        if owner != of_person(request.actor) and not may_set_up(who, uow.workspaces.roles(request.workspace)):
            raise NotAllowed(ADMINS_ONLY)
        channel = uow.workspaces.channel(request.workspace, request.conversation)
        found = uow.agreements.calendars(request.workspace, [owner])
        default = uow.agreements.calendars(request.workspace, [WORKSPACE])
    zone = who.zone if owner == of_person(request.actor) else channel.zone if channel else who.zone
    last = (found or default or [CalendarEdition(owner, 0, desk.at(), Calendar.office(zone))])[-1]
    return Form(
        name=HOURS,
        title="Working hours",
        submit="Save",
        intro=say("These are {whose} hours. Clocks count in them.", whose=WHOSE[request.text.strip().lower()]),
        fields=_fields(last, zone if not found else last.calendar.zone),
        context={"owner": owner, "version": str(found[-1].version if found else 0)},
    )


def check_hours(values: Mapping[str, str], today: date) -> Mapping[str, str]:
    """What is wrong in a filled form, by field."""
    errors: dict[str, str] = {}
    tries: dict[str, Callable[[str], object]] = {
        "zone": zone_of,
        "hours": read_hours,
        "region": lambda region: public_holidays(region, [today.year]) if region else None,
        "dates": read_dates,
    }
    for key, read in tries.items():
        try:
            read(values.get(key, "").strip())
        except Invalid as error:
            errors[key] = error.words
    if not errors:
        try:
            _calendar(values, frozenset())
        except Invalid:
            errors["hours"] = NEVER
    return errors


def save_hours(desk: Desk, request: Request) -> Card:
    """Take over a filled form as the next edition; open clocks are counted anew. Raises Conflict or NotAllowed."""
    owner, values, now = request.context["owner"], request.values, desk.at()
    who = desk.person(request.workspace, request.actor)
    region = values.get("region", "").strip().upper()
    holidays = public_holidays(region, coming_years(now.date())) if region else frozenset[date]()
    with desk.unit_of_work() as uow:
        if owner != of_person(request.actor) and not may_set_up(who, uow.workspaces.roles(request.workspace)):
            raise NotAllowed(ADMINS_ONLY)
        calendar = _calendar(values, holidays | _imported(uow, request.workspace, owner, region))
        version = int(request.context.get("version", "0")) + 1
        edition = CalendarEdition(owner, version, now, calendar, request.actor, region)
        uow.agreements.save_calendar(request.workspace, edition)
        uow.recounts.ask(request.workspace, "working hours changed")
    return Card(
        text=say("Saved: {hours} ({zone}).", hours=hours_text(calendar.hours).replace("\n", "; "), zone=calendar.zone),
        note=say("Open clocks are counted anew in a moment. What is done already stays as it was judged."),
    )


def _owner(whose: str, request: Request) -> str:
    if whose not in WHOSE:
        raise Invalid("Whose hours? Type /itcheck hours for yours, or /itcheck hours team, /itcheck hours workspace.")
    if whose == "workspace":
        return WORKSPACE
    if whose == "team":
        if request.is_direct or not request.conversation:
            raise Invalid("Type /itcheck hours team in the channel it is for, so that I know which one you mean.")
        return of_channel(request.conversation)
    return of_person(request.actor)


def _fields(last: CalendarEdition, zone: str) -> tuple[Field, ...]:
    calendar = last.calendar
    return (
        Field("zone", "Time zone", value=zone, hint="Such as Europe/Berlin", required=True, most=60),
        Field("hours", "Hours", FieldKind.PARAGRAPH, hours_text(calendar.hours),
              "A line per day or days: Mon-Fri 09:00-12:00, 13:00-17:00", required=True, most=1000),
        Field("region", "Public holidays of", value=last.region, hint="A country or region: US or DE-BE", most=20),
        Field("dates", "Special days", FieldKind.PARAGRAPH, dates_text(calendar.overrides),
              "A line per day: 2026-12-24 09:00-12:00, or 2026-12-31 closed", most=3000),
    )  # fmt: skip


def _calendar(values: Mapping[str, str], holidays: frozenset[date]) -> Calendar:
    hours, dates = read_hours(values.get("hours", "")), read_dates(values.get("dates", ""))
    return Calendar(values["zone"].strip(), hours, holidays, dates)


def _imported(uow: UnitOfWork, workspace: str, owner: str, region: str) -> frozenset[date]:
    """Days that came from a file stay when the form is saved again for the same region."""
    found = uow.agreements.calendars(workspace, [owner])
    return frozenset(found[-1].calendar.holidays) if found and found[-1].region == region else frozenset()
