"""From the words of a date to its day, each rule for one way of writing it.

A rule gets the match of a reading of `data/dates.toml`, the day of the message, and whether the month comes
first in numbers; it raises ValueError where the calendar has no such day."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from bot.detection.lists import table

Resolver = Callable[[re.Match[str], date, bool], date | None]

_GRACE = timedelta(days=3)  # a date this long past is still this year's, not next year's
_FAR, _NEAR = timedelta(days=120), timedelta(days=45)
_WEEK = timedelta(days=7)
_LAST = 4  # the place of "last" among the ordinals


@lru_cache(maxsize=8)
def numbers(kind: str) -> Mapping[str, int]:
    """The number (from 0) of each name in a list of names, such as the weekdays or the months."""
    return MappingProxyType({name: at for at, names in enumerate(table("dates")[kind]) for name in names.split()})


def any_of(names: Iterable[str]) -> str:
    """A pattern for whichever of some names stands there, the longest that fits; names that begin alike are looked at
    together, which is several times faster than one after the other."""
    rests: dict[str, list[str]] = {}
    kept = sorted(set(names))
    for name in kept:
        if name:
            rests.setdefault(name[0], []).append(name[1:])
    ways = "|".join(head + any_of(rest) for head, rest in rests.items())
    return f"(?:{ways}){'?' * ('' in kept)}" if ways else ""


def reads_month_first(match: re.Match[str], sent_at: date) -> bool:
    """Whether a numeric date can only be meant month first: by its numbers or by the weekday beside it."""
    one, two = int(match.group("one")), int(match.group("two"))
    if two > 12 or one > 12:
        return one <= 12
    weekday = _named(match)
    if weekday is None or match.group("year"):
        return False
    day_first, month_first = _on(sent_at, two, one), _on(sent_at, one, two)
    return month_first.weekday() == weekday != day_first.weekday()


def _on(sent_at: date, month: int, day: int, year: str | None = None) -> date:
    """That day of that year, else the next one from `sent_at` on."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    years = range(sent_at.year, sent_at.year + 9) if (month, day) == (2, 29) else (sent_at.year, sent_at.year + 1)
    for number in years:
        if (month, day) == (2, 29) and not (number % 4 == 0 and (number % 100 or number % 400 == 0)):
            continue
        if (found := date(number, month, day)) >= sent_at - _GRACE:
            return found
    raise ValueError(day)


def _coming(weekday: int, sent_at: date) -> date:
    return sent_at + timedelta(days=(weekday - sent_at.weekday() - 1) % 7 + 1)


def _next_with(day: int, sent_at: date, weekday: int | None = None) -> date:
    """The next day with that number in its month, today included, and that weekday where such a day is near."""
    days = [found for found in _with_number(day, sent_at) if found >= sent_at]
    if not days:
        raise ValueError(day)
    fitting = [found for found in days[:3] if found.weekday() == weekday]
    return (fitting or days)[0]


def _with_number(day: int, sent_at: date) -> list[date]:
    found, first = [], sent_at.replace(day=1)
    for _ in range(8):
        following = (first + timedelta(days=32)).replace(day=1)
        if day <= (following - first).days:
            found.append(first.replace(day=day))
        first = following
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weekday_in(match: re.Match[str]) -> int:
    return numbers("weekdays")[match.group("weekday").lower()]


def _named(match: re.Match[str]) -> int | None:
    """The weekday written beside a number, if one is."""
    name = match.groupdict().get("named")
    return numbers("weekdays")[name.lower()] if name else None


def _month(match: re.Match[str]) -> int:
    return numbers("months")[match.group("month").lower()] + 1


def _month_day(match: re.Match[str], sent_at: date, american: bool) -> date:
    year = match.groupdict().get("year")
    return _on(sent_at, _month(match), int(match.group("day")), year)


def _ordinal_of_month(match: re.Match[str], sent_at: date, american: bool) -> date:
    nth = numbers("ordinals")[match.group("nth").lower()]
    if nth == _LAST:
        raise ValueError(nth)
    return _on(sent_at, _month(match), nth + 1)


def _nth_weekday(match: re.Match[str], sent_at: date, american: bool) -> date:
    """The first (…, last) Tuesday of a month, the next one from `sent_at` on; of no month: of this one or the next."""
    nth, weekday = numbers("ordinals")[match.group("nth").lower()], _weekday_in(match)
    months = [_month(match)] if match.groupdict().get("month") else [sent_at.month, sent_at.month % 12 + 1]
    for year, month in ((year, month) for year in (sent_at.year, sent_at.year + 1) for month in months):
        days = [day for day in _days_of(year, month) if day.weekday() == weekday]
        if (found := days[-1 if nth == _LAST else nth]) >= sent_at:
            return found
    raise ValueError(nth)


def _days_of(year: int, month: int) -> list[date]:
    days = (date(year, month, 1) + timedelta(days=more) for more in range(31))
    return [day for day in days if day.month == month]


def _numeric(match: re.Match[str], sent_at: date, american: bool) -> date:
    """Day first, unless the writer is American, the numbers allow no other, or only so it is soon."""
    one, two, year = int(match.group("one")), int(match.group("two")), match.groupdict().get("year")
    if one > 12 or two > 12:
        return _on(sent_at, min(one, two), max(one, two), year)
    day_first, month_first = _on(sent_at, two, one, year), _on(sent_at, one, two, year)
    weekday = _named(match)
    if weekday in (day_first.weekday(), month_first.weekday()) and day_first.weekday() != month_first.weekday():
        return day_first if weekday == day_first.weekday() else month_first
    soon = day_first > sent_at + _FAR and month_first < sent_at + _NEAR
    return month_first if american or soon else day_first


def _dotted(match: re.Match[str], sent_at: date, american: bool) -> date:
    return _on(sent_at, int(match.group("two")), int(match.group("one")), match.groupdict().get("year"))


def _day_of_month(match: re.Match[str], sent_at: date, american: bool) -> date:
    return _next_with(int(match.group("day")), sent_at)


def _named_day(match: re.Match[str], sent_at: date, american: bool) -> date:
    """A weekday and a number, which is a day of the month only if such a day is near ("Mon 14 spots" is none)."""
    found = _next_with(int(match.group("day")), sent_at, _named(match))
    if found.weekday() != _named(match) and not match.group("sure"):
        raise ValueError(match.group())
    return found


def _week_of(match: re.Match[str], sent_at: date, american: bool) -> date:
    """The Monday of the week of that day."""
    if match.groupdict().get("month"):
        return _monday(_month_day(match, sent_at, american))
    return _monday(_next_with(int(match.group("day")), sent_at))


def _week_number(match: re.Match[str], sent_at: date, american: bool) -> date:
    year, week = sent_at.isocalendar().year, int(match.group("week"))
    monday = date.fromisocalendar(year, week, 1)
    return monday if monday >= sent_at - timedelta(days=6) else date.fromisocalendar(year + 1, week, 1)


def _weekday_of_week(match: re.Match[str], sent_at: date, american: bool) -> date:
    """A weekday of a numbered week."""
    return _week_number(match, sent_at, american) + timedelta(days=_weekday_in(match))


def _weekday_of_next_week(match: re.Match[str], sent_at: date, american: bool) -> date:
    return _monday(sent_at) + _WEEK + timedelta(days=_weekday_in(match))


def _weekday_after_next(match: re.Match[str], sent_at: date, american: bool) -> date:
    """A weekday two weeks on: of the week after next, or the second such day to come."""
    if later := match.groupdict().get("later"):
        return _monday(sent_at) + 2 * _WEEK + timedelta(days=numbers("weekdays")[later.lower()])
    weeks = 2 if match.group().lower().endswith(("quinze", "fortnight", "tagen")) else 1
    return _coming(_weekday_in(match), sent_at) + weeks * _WEEK


def _weekday_plus(match: re.Match[str], sent_at: date, american: bool) -> date:
    """The coming weekday and so many weeks, one where none are counted."""
    return _coming(_weekday_in(match), sent_at) + _WEEK * _count(match)


def _span(match: re.Match[str], sent_at: date, american: bool) -> date:
    unit, count = match.group("unit").lower(), _count(match)
    if unit.startswith(("h", "st")):
        return sent_at + timedelta(days=count // 24)
    if unit.startswith("min"):
        return sent_at
    return sent_at + timedelta(days=count * (14 if unit.startswith("fort") else 7 if unit[0] in "ws" else 1))


def _count(match: re.Match[str]) -> int:
    word = (match.groupdict().get("count") or "1").lower()
    return int(word) if word.isdigit() else numbers("counts")[word] + 1


def _in_days(count: int) -> Resolver:
    return lambda match, sent_at, american: sent_at + timedelta(days=count)


RESOLVERS: Mapping[str, Resolver] = MappingProxyType(
    {
        "iso": lambda match, sent_at, american: date(*(int(match.group(name)) for name in ("year", "two", "one"))),
        "month_day": _month_day,
        "ordinal_of_month": _ordinal_of_month,
        "nth_weekday": _nth_weekday,
        "numeric": _numeric,
        "dotted": _dotted,
        "day_of_month": _day_of_month,
        "named_day": _named_day,
        "week_of": _week_of,
        "week_number": _week_number,
        "weekday_of_week": _weekday_of_week,
        "weekday": lambda match, sent_at, american: _coming(_weekday_in(match), sent_at),
        "weekday_plus": _weekday_plus,
        "weekday_after_next": _weekday_after_next,
        "weekday_of_next_week": _weekday_of_next_week,
        "next_week": lambda match, sent_at, american: _monday(sent_at) + _WEEK,
        "span": _span,
        "yesterday": _in_days(-1),
        "today": _in_days(0),
        "now": _in_days(0),
        "tomorrow": _in_days(1),
        "in_two_days": _in_days(2),
        "in_a_week": _in_days(7),
        "in_eight_days": _in_days(8),
        "tonight_at_twelve": _in_days(1),
        "no_day": lambda match, sent_at, american: None,
    }
)
