"""Working hours as people type them, line by line, and read back the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.domain.errors import Invalid
from bot.domain.hours import WEEKDAYS
from bot.domain.wall_time import Interval, read_intervals

CLOSED = "closed"
_DAYS = re.compile(r"([a-z]{3,9})\s*(?:[-–]\s*([a-z]{3,9}))?\s*:?\s+(.*)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*:?\s+(.*)")
_INTERVAL = re.compile(r"(\d{1,2})(:\d{2})?\s*[-–]\s*(\d{1,2})(:\d{2})?")
_EXAMPLE = "Mon-Fri 09:00-12:00, 13:00-17:00"


def read_hours(text: str) -> dict[str, tuple[Interval, ...]]:
    """Lines such as `Mon-Fri 09:00-12:00, 13-17` or `Sat closed`; a later line counts. Invalid for others."""
    hours: dict[str, tuple[Interval, ...]] = {}
    for line in _lines(text):
        found = _DAYS.fullmatch(line)
        if found is None:
            raise Invalid(f"I can't read “{line[:60]}”. Write a line like: {_EXAMPLE}")
        first, last = _weekday(found[1], line), _weekday(found[2] or found[1], line)
        days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
        hours |= dict.fromkeys((WEEKDAYS[day] for day in days), _intervals(found[3], line))
    return {day: given for day, given in hours.items() if given}


def read_dates(text: str) -> dict[date, tuple[Interval, ...]]:
    """Lines such as `2026-12-24 09:00-12:00` or `2026-12-31 closed`. Invalid for others."""
    dates: dict[date, tuple[Interval, ...]] = {}
    for line in _lines(text):
        found = _DATE.fullmatch(line)
        if found is None:
            raise Invalid(
                f"I can't read “{line[:60]}”. Write a line like: 2026-12-24 09:00-12:00, or 2026-12-31 closed"
            )
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            raise Invalid(f"There is no day {found[1]}.") from None
        dates[day] = _intervals(found[2], line)
    return dates


def hours_text(hours: Mapping[str, Sequence[Interval]]) -> str:
    """Working hours as lines; days one after the other with the same hours share one."""
    lines: list[list[str]] = []
    for number, day in enumerate(WEEKDAYS):
        words = _words(hours.get(day, ()))
        if words == CLOSED:
            continue
        same = bool(lines) and lines[-1][2] == words and WEEKDAYS[number - 1] == lines[-1][1]
        if same:
            lines[-1][1] = day
        else:
            lines.append([day, day, words])
    return "\n".join(f"{_span(first, last)} {words}" for first, last, words in lines)


def dates_text(dates: Mapping[date, Sequence[Interval]]) -> str:
    """Special dates as lines."""
    return "\n".join(f"{day.isoformat()} {_words(dates[day])}" for day in sorted(dates))


def _lines(text: str) -> Iterator[str]:
    return (line for each in text.splitlines() if (line := " ".join(each.split())))


def _weekday(word: str, line: str) -> int:
    short = word.lower()[:3]
    if short not in WEEKDAYS:
        raise Invalid(f"“{word}” in “{line[:60]}” is no weekday. Use Mon, Tue, Wed, Thu, Fri, Sat or Sun.")
    return WEEKDAYS.index(short)


def _intervals(words: str, line: str) -> tuple[Interval, ...]:
    if words.lower() == CLOSED:
        return ()
    parts = [_INTERVAL.fullmatch(part.strip()) for part in words.split(",")]
    pairs = [(f"{part[1]}{part[2] or ':00'}", f"{part[3]}{part[4] or ':00'}") for part in parts if part]
    if len(pairs) < len(parts):
        raise Invalid(f"I can't read the hours in “{line[:60]}”. Write them like: {_EXAMPLE}")
    return read_intervals(pairs)


def _words(intervals: Sequence[Interval]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in intervals) or CLOSED


def _span(first: str, last: str) -> str:
    return first.capitalize() if first == last else f"{first.capitalize()}-{last.capitalize()}"
