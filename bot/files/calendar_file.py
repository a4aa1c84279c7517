"""The campaign calendar from an iCalendar file (RFC 5545): every event, or a list of what is wrong with which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, vDDDTypes

from bot.domain.campaign_words import host_of
from bot.domain.errors import Invalid
from bot.domain.planned import MOST_NAME, MOST_NOTE, Planned, PlannedKind, key_of
from bot.files.recurrence import When, instant, many, starts_of, time_in
from bot.services.calendar.planned_fields import USUALLY, person_words
from bot.services.calendar.planned_import import HORIZON, Events, refuse

MOST_BYTES, MOST_EVENTS = 10_000_000, 5_000
OURS = "@it-liaison"
NOT_ONE = "This is no calendar file I can read. Export it as .ics and try again."
UNKNOWN_KIND = (
    "I can't tell what this is. Put freeze, maintenance, launch or campaign into its categories or its title, "
    "or say it for all with --kind."
)
WORDS = {
    PlannedKind.FREEZE: r"freeze|frozen|change stop",
    PlannedKind.MAINTENANCE: r"maintenance|downtime|wartung",
    PlannedKind.LAUNCH: r"launch|release|go[- ]live",
    PlannedKind.CAMPAIGN: r"campaign|mailing|newsletter",
}


def is_one(content: bytes) -> bool:
    """Whether a file is an iCalendar file."""
    return content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(b"BEGIN:VCALENDAR")


def read(content: bytes, zone: ZoneInfo, now: datetime, kind: str = "") -> Events:
    """The events of a file; recurring ones each time up to 400 days ahead, without what is over.

    zone: of days, and of times that name none. kind: of events that do not say. Raises Invalid with every fault, its
    line and its event.
    """
    if kind and kind not in set(PlannedKind):
        raise Invalid(f"“{kind[:30]}” is no kind. There are: {', '.join(PlannedKind)}.")
    reading = _Reading(zone, now, PlannedKind(kind) if kind else None)
    events = _events(content)
    reading.overridden = _overridden(events, zone)
    for (line, number), event in zip(_places(content), events, strict=False):
        try:
            reading.take(event)
        except Invalid as error:
            title = " ".join(str(event.get("SUMMARY", "")).split())[:60]
            place = f"line {line}, event {number}" + (f" “{title}”" if title else "")
            reading.faults.append(f"{place}: {error.words}")
    refuse(reading.faults)
    if not events:
        raise Invalid("The calendar file has no events.")
    return Events(tuple(reading.found.values()), frozenset(reading.series), reading.past)


@dataclass(slots=True)
class _Reading:
    """What was read of a file so far."""

    zone: ZoneInfo
    now: datetime
    kind: PlannedKind | None
    overridden: Mapping[str, set[datetime]] = field(default_factory=dict)
    found: dict[str, Planned] = field(default_factory=dict)
    series: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    past: int = 0

    def take(self, event: Component) -> None:
        """Keep what is still to come of an event. Raises Invalid."""
        _must_be_whole(event)
        uid = str(event.get("UID", "")).strip()[:300]
        if uid and not uid.endswith(OURS):
            self.series.add(uid)
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            return
        first = time_in(event, "DTSTART")
        if first is None or len(many(event, "DTSTART")) != 1:
            raise Invalid("There must be one start (DTSTART).")
        length = _length(event, first, self.zone)
        moved = set() if event.get("RECURRENCE-ID") else self.overridden.get(uid, set())
        for at in starts_of(event, first, self.now + HORIZON, self.zone):
            begin = instant(at, self.zone)
            if begin.astimezone(UTC) in moved:
                continue
            end = _after(begin, length, whole=not isinstance(at, datetime))
            if end <= self.now:
                self.past += 1
            else:
                one = self._planned(event, uid, begin.astimezone(UTC), end, not isinstance(at, datetime))
                self.found[one.key] = one

    def _planned(self, event: Component, uid: str, start: datetime, end: datetime, is_day: bool) -> Planned:
        kind, name = self._kind_of(event), " ".join(str(event.get("SUMMARY", "")).split())[:MOST_NAME]
        ours = uid.endswith(OURS)
        key = uid.removesuffix(OURS) if ours else _key(uid, start) if uid else key_of(kind, name, start)
        return Planned(
            kind,
            name,
            start,
            end,
            site=host_of(str(event.get("LOCATION", ""))),
            owner=person_words(str(event.get("X-IT-OWNER", ""))) or _organizer(event),
            grants=str(event.get("X-IT-GRANTS", ""))[:100],
            tool=str(event.get("X-IT-TOOL", ""))[:100],
            note=str(event.get("DESCRIPTION", ""))[:MOST_NOTE],
            is_day=is_day,
            key=key[:100],
            series="" if ours else uid,
        )

    def _kind_of(self, event: Component) -> PlannedKind:
        categories = [str(one) for each in many(event, "CATEGORIES") for one in each.cats]
        for words in (" ".join(categories), str(event.get("SUMMARY", ""))):
            said = [kind for kind, pattern in WORDS.items() if re.search(rf"\b(?:{pattern})", words, re.IGNORECASE)]
            if len(said) == 1:
                return said[0]
        if self.kind is None:
            raise Invalid(UNKNOWN_KIND)
        return self.kind


def _events(content: bytes) -> list[Component]:
    if len(content) > MOST_BYTES:
        raise Invalid(f"The file is too large: {MOST_BYTES // 1_000_000} MB at most.")
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        found = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as error:
        raise Invalid(f"{NOT_ONE} ({str(error)[:150]})") from error
    if len(found) > MOST_EVENTS:
        raise Invalid(f"The file has too many events: {MOST_EVENTS:,} at most.")
    return found


def _places(content: bytes) -> Iterator[tuple[int, int]]:
    """The line on which each event begins, and its number."""
    number = 0
    for line, text in enumerate(content.splitlines(), 1):
        if text.strip().upper() == b"BEGIN:VEVENT":
            number += 1
            yield line, number


def _must_be_whole(event: Component) -> None:
    if event.errors:
        name, what = event.errors[0]
        raise Invalid(f"{name or 'a line'} can't be read: {what[:150]}.")
    for name in ("DTSTART", "DTEND"):
        at = time_in(event, name)
        zone = event[name].params.get("TZID") if at is not None else None
        if zone and isinstance(at, datetime) and at.tzinfo is None:
            raise Invalid(f"I don't know its time zone “{str(zone)[:60]}”.")


def _length(event: Component, first: When, zone: ZoneInfo) -> timedelta:
    whole = not isinstance(first, datetime)
    duration = event.get("DURATION")
    if isinstance(duration, vDDDTypes):
        length: object = duration.dt
    else:
        end = time_in(event, "DTEND")
        if end is not None and isinstance(end, datetime) is whole:
            raise Invalid("It begins on a day and ends at a time, or the other way round.")
        length = None if end is None else _apart(first, end, zone)
    if not isinstance(length, timedelta) or not length:
        return timedelta(days=1) if whole else USUALLY
    if length < timedelta(0):
        raise Invalid("It ends before it begins.")
    return length


def _apart(first: When, end: When, zone: ZoneInfo) -> timedelta:
    if not isinstance(first, datetime) and not isinstance(end, datetime):
        return end - first
    return instant(end, zone).astimezone(UTC) - instant(first, zone).astimezone(UTC)


def _after(begin: datetime, length: timedelta, *, whole: bool) -> datetime:
    """The end in UTC: so many hours later, or so many days later at the same time of the clock."""
    return (begin + length).astimezone(UTC) if whole else begin.astimezone(UTC) + length


def _overridden(events: Sequence[Component], zone: ZoneInfo) -> dict[str, set[datetime]]:
    """By UID, the times of a series that events of their own stand in for."""
    found: dict[str, set[datetime]] = {}
    for event in events:
        at = time_in(event, "RECURRENCE-ID")
        if at is not None:
            found.setdefault(str(event.get("UID", "")).strip()[:300], set()).add(instant(at, zone).astimezone(UTC))
    return found


def _key(uid: str, start: datetime) -> str:
    return sha256(f"{uid}|{start.isoformat()}".encode()).hexdigest()[:24]


def _organizer(event: Component) -> str:
    found = event.get("ORGANIZER")
    return " ".join(str(getattr(found, "params", {}).get("CN", "")).split())[:100]
