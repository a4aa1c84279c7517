"""Dates in a message, resolved from the day it was sent.

Conventions: a weekday is the next such day after today; "next Friday" is the Friday of the following week;
numeric dates are day first, month first for American writers or where nothing else is a date; a range counts
from its first day; what names no day (a month, a quarter) has no day."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from bot.detection import feasts
from bot.detection.lists import table

_TIME = (
    r"(?:,? ?(?:at |um |à |a las |às |@ ?|ab )?\d{1,2}(?:[:.h]\d{2})? ?(?:am|pm|uhr|h|cet|utc|gmt|est|pt)\b"
    r"(?: [A-Z]{2,4}\b)?| (?:morning|noon|night|evening|afternoon|midnight)\b|,? (?:at )?\d{1,2}:\d{2}\b)?"
)
_MOVED = re.compile(
    r"\b(?:moved?|postponed|shift\w*|pushed|resched\w*|verschoben|reporté|changed|delayed|starts earlier)\b",
    re.IGNORECASE,
)
_NOT_THE_DAY = re.compile(
    r"\b(?:until|till|til|bis|hasta|até|jusqu.\S*|by|deadline|before|instead of|not|statt|ends?|closes?"
    r"|since|last|every|freeze|embargo till)(?: \w+)? ?$"
)
_AMERICAN = re.compile(r"\b(?:E[SD]T|P[SD]T|C[SD]T|PT|ET)\b")
_PAIR = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d)")
_LEAD = re.compile(r"[ ,]*(?:(?:from|on|by|until|till|for|at|out|starts?|am|ab|vom|bis|zum) )?", re.IGNORECASE)
_MOST = 60  # dates of a message that are read
_GRACE = timedelta(days=3)  # a date this long past is still this year's, not next year's


@dataclass(frozen=True)
class Found:
    """A date in a text: its place and words, its day if it names one; `loose` if only a feast, a week or midnight."""

    start: int
    end: int
    text: str
    day: date | None
    loose: bool = False


_Resolver = Callable[[re.Match[str], date, bool], date | None]


def find(text: str, sent_at: date, american: bool = False) -> list[Found]:
    """All dates of a text in its order; overlapping ones count once, the fuller reading first."""
    if not _hint().search(text):
        return []
    month_first = american or _month_first(text)
    taken: list[Found] = []
    for pattern, resolver, loose in _readings():
        for match in pattern.finditer(text):
            if len(taken) >= _MOST or any(match.start() < one.end and one.start < match.end() for one in taken):
                continue
            try:
                day = resolver(match, sent_at, month_first)
            except (ValueError, OverflowError):  # 31 April, a week 54: no date at all
                continue
            taken.append(_found(match, day, loose))
    return sorted(taken, key=lambda one: one.start)


def _found(match: re.Match[str], day: date | None, loose: bool) -> Found:
    """A match as a date, without the preposition before it and the comma after it."""
    text = match.group()
    lead = _LEAD.match(text)
    start = match.start() + (lead.end() if lead else 0)
    words = text[lead.end() if lead else 0 :].rstrip(" ,")
    return Found(start, start + len(words), words, day, loose)


def main(text: str, found: list[Found], sent_at: date) -> Found | None:
    """The date that counts: the first that is no end, not replaced, not past; feasts and weeks yield to days."""
    return min(found, key=lambda one: (_rank(text, one, sent_at), one.start), default=None)


def _rank(text: str, found: Found, sent_at: date) -> int:
    """How little a date looks like the day of load: 0 for a plain one, higher for the rest."""
    before, after = text[max(0, found.start - 24) : found.start].lower(), text[found.end : found.end + 40].lower()
    rank = (0 if found.day else 6) + (3 if found.loose else 0)
    rank += 8 if found.day and found.day < sent_at else 0
    rank += 4 if _NOT_THE_DAY.search(before) or re.search('["“„«]$', before) else 0
    left = re.search(r"\b(?:from|vom|von) (?:the )?$", before) and re.search(r"^.{0,12}\b(?:to|auf)\b", after)
    return rank + (4 if left and _MOVED.search(text) else 0)


def _month_first(text: str) -> bool:
    """Whether a numeric date in the text can only be read month first, or a time zone is American."""
    pairs = [(int(one), int(two)) for one, two in _PAIR.findall(text)]
    return any(one <= 12 < two <= 31 for one, two in pairs) or bool(_AMERICAN.search(text))


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


def _next_with(day: int, sent_at: date) -> date:
    """The next day with that number in its month, today included."""
    first = sent_at.replace(day=1)
    for _ in range(12):
        following = (first + timedelta(days=32)).replace(day=1)
        if day <= (following - first).days and first.replace(day=day) >= sent_at:
            return first.replace(day=day)
        first = following
    raise ValueError(day)


def _weekday_in(match: re.Match[str]) -> int:
    return _numbers("weekdays")[match.group("weekday").lower()]


def _month_day(match: re.Match[str], sent_at: date, american: bool) -> date:
    month = _numbers("months")[match.group("month").lower()] + 1
    return _on(sent_at, month, int(match.group("day")), match.group("year"))


def _numeric(match: re.Match[str], sent_at: date, american: bool) -> date:
    one, two = int(match.group("one")), int(match.group("two"))
    if (american and one <= 12) or two > 12:
        one, two = two, one
    return _on(sent_at, two, one, match.group("year"))


def _dotted(match: re.Match[str], sent_at: date, american: bool) -> date:
    return _on(sent_at, int(match.group("two")), int(match.group("one")), match.group("year"))


def _day_of_month(match: re.Match[str], sent_at: date, american: bool) -> date:
    return _next_with(int(match.group("day")), sent_at)


def _week_of(match: re.Match[str], sent_at: date, american: bool) -> date:
    day = _next_with(int(match.group("day")), sent_at)
    return day - timedelta(days=day.weekday())


def _week_number(match: re.Match[str], sent_at: date, american: bool) -> date:
    year, week = sent_at.isocalendar().year, int(match.group("week"))
    monday = date.fromisocalendar(year, week, 1)
    return monday if monday >= sent_at - timedelta(days=6) else date.fromisocalendar(year + 1, week, 1)


def _weekday_of_next_week(match: re.Match[str], sent_at: date, american: bool) -> date:
    return sent_at + timedelta(days=7 + _weekday_in(match) - sent_at.weekday())


def _span(match: re.Match[str], sent_at: date, american: bool) -> date:
    word, unit = match.group("count").lower(), match.group("unit").lower()
    count = int(word) if word.isdigit() else int(table("dates")["numbers"][word])
    if unit.startswith(("h", "st")):
        return sent_at + timedelta(days=count // 24)
    if unit.startswith("min"):
        return sent_at
    return sent_at + timedelta(days=count * (7 if unit[0] in "ws" else 1))


def _in_days(count: int) -> _Resolver:
    return lambda match, sent_at, american: sent_at + timedelta(days=count)


_RESOLVERS: Mapping[str, _Resolver] = MappingProxyType(
    {
        "iso": lambda match, sent_at, american: date(*(int(match.group(name)) for name in ("year", "two", "one"))),
        "month_day": _month_day,
        "numeric": _numeric,
        "dotted": _dotted,
        "day_of_month": _day_of_month,
        "week_of": _week_of,
        "week_number": _week_number,
        "weekday": lambda match, sent_at, american: _coming(_weekday_in(match), sent_at),
        "weekday_plus_week": lambda match, sent_at, american: _coming(_weekday_in(match), sent_at) + timedelta(days=7),
        "weekday_of_next_week": _weekday_of_next_week,
        "span": _span,
        "yesterday": _in_days(-1),
        "today": _in_days(0),
        "tomorrow": _in_days(1),
        "in_two_days": _in_days(2),
        "tonight_at_twelve": _in_days(1),
        "no_day": lambda match, sent_at, american: None,
    }
)


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """What every date has somewhere: a digit, or a word for a day. Spares most messages the long way."""
    names = "|".join((*table("dates")["hints"], _any(_numbers("weekdays"))))
    return re.compile(rf"\d|\b(?:{names})|{feasts.pattern().pattern}", re.IGNORECASE)


@lru_cache(maxsize=2)
def _numbers(kind: str) -> Mapping[str, int]:
    """The number (from 0) of each name of a weekday or month."""
    return MappingProxyType({name: at for at, names in enumerate(table("dates")[kind]) for name in names.split()})


@lru_cache(maxsize=1)
def _readings() -> tuple[tuple[re.Pattern[str], _Resolver, bool], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], _Resolver, bool]]:
    parts = {
        "{D}": r"(?P<day>0?[1-9]|[12]\d|3[01])",
        "{M}": rf"(?P<month>{_any(_numbers('months'))})\b\.?",
        "{W}": rf"(?P<weekday>{_any(_numbers('weekdays'))})\b\.?",
        "{W0}": rf"(?:\b(?:{_any(_numbers('weekdays'))})\b\.?,? (?:the |den |dem |le |el |am )?)?",
        "{TO}": r"\s?(?:-|–|—|to|and|bis|au|al|a|und|until|till)\s?",
        "{T}": _TIME,
        "{COUNT}": rf"(?P<count>\d{{1,2}}|{_any(table('dates')['numbers'])})",
    }
    yield feasts.pattern(), lambda match, sent_at, american: feasts.day(match, sent_at), True
    for reading in table("dates")["readings"]:
        pattern = reading["pattern"]
        for sign, part in parts.items():
            pattern = pattern.replace(sign, part)
        if reading["as"] == "month_day":  # not every such pattern names a year
            pattern = pattern if "<year>" in pattern else pattern + "(?P<year>)"
        yield re.compile(pattern, re.IGNORECASE), _RESOLVERS[reading["as"]], reading.get("loose", False)


def _any(names: Mapping[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))
