"""When an event of a calendar file takes place: once, or as often as its rule says up to a horizon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Component, vDDDLists, vDDDTypes

from bot.domain.errors import Invalid

MOST = 2000  # times of one event
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
EARLIEST, LATEST = 1970, 2199

When = date | datetime


def starts_of(event: Component, first: When, until: datetime, zone: ZoneInfo) -> list[When]:
    """When it begins, each time in the clock of its own zone, up to `until`: by RRULE and RDATE, less EXDATE.

    first: its DTSTART. zone: of times that name none. Raises Invalid for a rule that can't be followed.
    """
    if not EARLIEST <= first.year <= LATEST:
        raise Invalid(f"The year {first.year} can't be meant.")
    found = [first, *_by_rule(event, first, until, zone), *_dates(event, "RDATE")]
    left_out = {instant(at, zone) for at in _dates(event, "EXDATE")}
    starts = {instant(at, zone): at for at in found}
    return [at for key, at in sorted(starts.items()) if key not in left_out]


def instant(at: When, zone: ZoneInfo) -> datetime:
    """A day's midnight, or a time, as an instant; without a zone of its own, in `zone`."""
    moment = at if isinstance(at, datetime) else datetime.combine(at, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def time_in(event: Component, name: str) -> When | None:
    """The day or time of a property; None where there is none that can be read."""
    found = event.get(name)
    return found.dt if isinstance(found, vDDDTypes) and isinstance(found.dt, date) else None


def many(event: Component, name: str) -> list[Any]:
    """All properties of one name."""
    found = event.get(name)
    return [] if found is None else found if isinstance(found, list) else [found]


def _by_rule(event: Component, first: When, until: datetime, zone: ZoneInfo) -> Iterator[When]:
    rules = many(event, "RRULE")
    if not rules:
        return
    if len(rules) > 1:
        raise Invalid("It has several rules of recurrence. Please make them events of their own.")
    parts = dict(rules[0])
    if str(parts.get("FREQ", [""])[0]) in TOO_OFTEN:
        raise Invalid("It comes back more often than daily. Please give it as one longer event.")
    tz = instant(first, zone).tzinfo or zone
    begin = instant(first, zone).replace(tzinfo=None)
    count = int(parts.pop("COUNT", [MOST + 1])[0])
    last = min(instant(at, zone) for at in (*parts.pop("UNTIL", []), until)).astimezone(tz).replace(tzinfo=None)
    if not isinstance(first, datetime):
        last = datetime.combine(last.date(), time.max)
    text = ";".join(f"{name}={','.join(str(each) for each in values)}" for name, values in parts.items())
    try:
        rule = rrulestr(f"{text};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=begin)
        times = list(islice(iter(rule), min(count, MOST + 1)))
    except (ValueError, TypeError, OverflowError) as error:
        raise Invalid(f"Its rule of recurrence can't be followed: {error}.") from error
    if len(times) > MOST:
        raise Invalid(f"It comes back more than {MOST:,} times. Please give it an end.")
    yield from (at.replace(tzinfo=tz) if isinstance(first, datetime) else at.date() for at in times)


def _dates(event: Component, name: str) -> list[When]:
    lists = [each for each in many(event, name) if isinstance(each, vDDDLists)]
    return [one.dt for each in lists for one in each.dts if isinstance(one.dt, date)]
