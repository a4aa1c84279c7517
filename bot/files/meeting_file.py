"""A first meeting as an iCalendar file (RFC 5545) that people put into their calendars."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.domain.first_meeting import LASTS, FirstMeeting


def as_text(meeting: FirstMeeting) -> str:
    """A calendar with one event, in the zone of the team. It is the same event for everybody: they share its uid."""
    event = Event()
    event.add("uid", meeting.id)
    event.add("dtstamp", meeting.made_at)
    event.add("dtstart", meeting.starts_at.astimezone(ZoneInfo(meeting.zone)))
    event.add("duration", LASTS)
    event.add("summary", meeting.title)
    event.add("location", meeting.where or "By call")
    event.add("description", meeting.about)
    calendar = Calendar()
    calendar.add("prodid", "-//IT Liaison//First meeting//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical()).decode()
