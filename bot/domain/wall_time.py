"""Local wall-clock times: read from "HH:MM", and turned into instants where the clocks jump."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain.errors import Invalid

Interval = tuple[str, str]
Span = tuple[int, int]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def zone_of(name: str) -> ZoneInfo:
    """The time zone with this IANA name; Invalid if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise Invalid(f"There is no time zone “{name}”. {zone_hint(name)}") from error


def zone_hint(name: str) -> str:
    """What might be meant by the name of no zone: `Berlin` is Europe/Berlin."""
    wanted, zones = name.strip().casefold().replace(" ", "_"), sorted(available_timezones())
    cities = [zone for zone in zones if "/" in zone and zone.rpartition("/")[2].casefold() == wanted]
    near = cities or difflib.get_close_matches(name, zones, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else "They look like Europe/Berlin or America/Chicago."


def read_intervals(given: Sequence[Sequence[str]]) -> tuple[Interval, ...]:
    """Pairs of times as "HH:MM", "24:00" only as an end; Invalid for anything else."""
    if isinstance(given, str) or not all(isinstance(each, list | tuple) and len(each) == 2 for each in given):
        raise Invalid("Give hours as pairs of a start and an end, such as 09:00 and 17:00.")
    return tuple((_clock_time(start), _clock_time(end, is_end=True)) for start, end in given)


def spans_of(intervals: Iterable[Interval]) -> tuple[Span, ...]:
    """Minutes from the local midnight; an end that is not after its start is on the next day."""
    spans = ((_minutes(start), _minutes(end)) for start, end in intervals)
    return tuple((start, end if end > start else end + 24 * 60) for start, end in spans)


def instant_of(day: date, minute: int, fold: int, zone: tzinfo) -> int:
    """Seconds since 1970 at a local time; `minute` is what the clock shows, from the day's midnight on.

    Of a time that comes twice, `fold` 0 is the first and 1 the second. A time the clocks skip is the jump.
    """
    wall = datetime.combine(day, time(), UTC) + timedelta(minutes=minute)
    seconds = (wall - _EPOCH) // _SECOND
    first, second = (_offset(wall.replace(tzinfo=zone, fold=each)) for each in (0, 1))
    if first < second:
        return _jump(seconds - second, seconds - first, zone)
    return seconds - (second if fold else first)


def _jump(before: int, after: int, zone: tzinfo) -> int:
    """The second in (`before`, `after`] from which on the zone has the offset it has at `after`."""
    changed = _offset_at(after, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_at(middle, zone) == changed:
            after = middle
        else:
            before = middle
    return after


def _offset_at(second: int, zone: tzinfo) -> int:
    return _offset((_EPOCH + timedelta(seconds=second)).astimezone(zone))


def _offset(at: datetime) -> int:
    return (at.utcoffset() or timedelta()) // _SECOND


def _clock_time(given: str, is_end: bool = False) -> str:
    if is_end and given == "24:00":
        return given
    found = _CLOCK_TIME.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise Invalid(f"“{given}” is no time of day. Use 00:00 to 23:59; 24:00 may end an interval.")
    return f"{int(found[1]):02}:{found[2]}"


def _minutes(clock_time: str) -> int:
    return int(clock_time[:2]) * 60 + int(clock_time[3:])
