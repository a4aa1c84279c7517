"""The campaign calendar as an iCalendar file: whole, to be taken back, or what everybody with the link may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.domain.planned import KIND_WORDS, SIGNS, Planned
from bot.files.calendar_file import OURS

PRODUCT = "-//IT Liaison//Campaign calendar//EN"


def write(planned: Iterable[Planned], zone: ZoneInfo, now: datetime) -> bytes:
    """Everything of the entries, for import; days are those of `zone`."""
    calendar = _calendar()
    for one in planned:
        event = _event(one, one.name, zone, now)
        for name, words in (("X-IT-OWNER", one.owner), ("X-IT-GRANTS", one.grants), ("X-IT-TOOL", one.tool)):
            if words:
                event.add(name, words)
        if one.note:
            event.add("description", one.note)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_feed(planned: Iterable[Planned], zone: ZoneInfo, now: datetime) -> bytes:
    """What a calendar that follows the link shows: kind, name, site and times; no notes and no people."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Campaign calendar")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in planned:
        number = f"IT-{one.ticket} " if one.ticket else ""
        event = _event(one, f"{SIGNS[one.kind]} {KIND_WORDS[one.kind]}: {number}{one.name}", zone, now)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _event(one: Planned, summary: str, zone: ZoneInfo, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}{OURS}")
    event.add("dtstamp", now.astimezone(UTC))
    start, end = (at.astimezone(zone).date() if one.is_day else at.astimezone(UTC) for at in (one.start, one.end))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", summary)
    event.add("categories", [one.kind.value])
    if one.site:
        event.add("location", one.site)
    return event
