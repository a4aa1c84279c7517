"""Editions of calendars that come by other ways than their form: with a channel's set-up, from a holiday file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.agreed import Agreed, CalendarEdition, of_person, of_setup, owners_for
from bot.domain.errors import NotFound
from bot.domain.hours import Calendar
from bot.domain.people import Person
from bot.domain.workspace import Channel
from bot.ports import UnitOfWork


def calendar_of(uow: UnitOfWork, channel: Channel, person: Person, at: datetime) -> Calendar:
    """The hours somebody works at a time: their own, else their team's, or office hours in their zone if it differs.

    UTC as a person's zone says nothing: it stands there too where the chat does not know any.
    """
    owners = owners_for(channel.id, [person.id])
    agreed = Agreed(channel.id, channel.zone, (), tuple(uow.agreements.calendars(channel.workspace, owners)))
    hours = agreed.hours_for(person.id, at)
    if hours.owner == of_person(person.id) or person.zone in {"UTC", hours.calendar.zone}:
        return hours.calendar
    return Calendar.office(person.zone)


def note_zone(uow: UnitOfWork, before: Channel, channel: Channel) -> None:
    """A channel was set up in a zone: where nobody gave it hours, its clocks count office hours there from now on."""
    owner = of_setup(channel.id)
    known = list(uow.agreements.calendars(channel.workspace, [owner]))
    if channel.set_up_at is None or (known and known[-1].calendar.zone == channel.zone):
        return
    if not known and before.set_up_at is not None:  # from before editions were kept
        known = [CalendarEdition(owner, 1, before.set_up_at, Calendar.office(before.zone))]
        uow.agreements.save_calendar(channel.workspace, known[0])
    edition = CalendarEdition(owner, len(known) + 1, channel.set_up_at, Calendar.office(channel.zone))
    uow.agreements.save_calendar(channel.workspace, edition)
    if known:
        uow.recounts.ask(channel.workspace, "the channel's time zone changed")


def add_holidays(uow: UnitOfWork, workspace: str, owner: str, days: frozenset[date], at: datetime) -> int:
    """Add days on which nobody works to somebody's calendar; how many were new. NotFound if they have none yet."""
    found = uow.agreements.calendars(workspace, [owner])
    if not found:
        raise NotFound("They have no hours of their own yet. Save them once with /itcheck hours, then add holidays.")
    last = found[-1]
    new = days - frozenset(last.calendar.holidays)
    if new:
        calendar = replace(last.calendar, holidays=frozenset(last.calendar.holidays) | new)
        uow.agreements.save_calendar(workspace, replace(last, version=last.version + 1, at=at, calendar=calendar))
        uow.recounts.ask(workspace, "holidays were added")
    return len(new)
