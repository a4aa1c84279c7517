"""Working time: when a team is open, and which instant a number of working seconds away is.

Everything is counted in whole microseconds of UTC. The open intervals of a UTC year are computed once, on
first use, as sorted arrays with running totals; after that a question is two bisections.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import Invalid
from bot.domain.wall_time import Interval, Span, instant_of, read_intervals, spans_of, zone_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = 1_000_000
_DAY_S = 86_400
# Enough for every date people plan with; the bound ends the search of a calendar whose last open day is past.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True)
class Calendar:
    """The hours a team works, in its own time zone.

    zone: an IANA name. hours: for each of "mon" to "sun" the intervals ("HH:MM", "HH:MM"); a day left out
    is closed. "24:00" may end an interval; one whose end is not after its start runs into the next day and
    belongs to the local date it starts on. holidays: local dates on which no interval starts. overrides:
    local date to the intervals that start on it, in place of the weekday's and of a holiday; an empty list
    closes the day. Overlapping intervals count once. An edge the clocks skip is the instant of their jump;
    of one that comes twice, a start is the first and an end the second. Raises Invalid for anything else,
    and for a calendar that never opens.

    Arguments are aware datetimes of the years 1900 to 2199 in any zone (else Invalid), answers are in UTC.
    The mappings are the calendar's own copies and are not to be changed. Safe to share between threads;
    equal calendars share what they have computed, so building one again is cheap.
    """

    zone: str
    hours: Mapping[str, Sequence[Interval]]
    holidays: Collection[date] = frozenset()
    overrides: Mapping[date, Sequence[Interval]] = field(default_factory=dict)
    _tz: ZoneInfo = field(init=False, repr=False, compare=False)
    _weekly: tuple[tuple[Span, ...], ...] = field(init=False, repr=False, compare=False)
    _special: Mapping[date, tuple[Span, ...]] = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        put = object.__setattr__  # the class is frozen; nothing changes after this
        put(self, "_tz", zone_of(self.zone))
        put(self, "hours", {_weekday(day): read_intervals(given) for day, given in self.hours.items()})
        put(self, "holidays", frozenset(_date(day) for day in self.holidays))
        put(self, "overrides", {_date(day): read_intervals(given) for day, given in self.overrides.items()})
        put(self, "_weekly", tuple(spans_of(self.hours.get(day, ())) for day in WEEKDAYS))
        closed: dict[date, tuple[Span, ...]] = dict.fromkeys(self.holidays, ())
        put(self, "_special", closed | {day: spans_of(given) for day, given in self.overrides.items()})
        put(self, "_years", _years_of(self._rules()))
        if not self._ever_opens():
            raise Invalid("This calendar never opens. Give a weekday some hours, such as 09:00 to 17:00.")

    def __hash__(self) -> int:
        return hash(self._rules())

    @classmethod
    def office(cls, zone: str, holidays: Iterable[date] = ()) -> Calendar:
        """Monday to Friday, 09:00 to 17:00 in `zone`."""
        return _office(zone, frozenset(holidays))

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Calendar:
        """The calendar that `to_dict` gave; Invalid if it is not one."""
        try:
            holidays = [date.fromisoformat(day) for day in stored.get("holidays", ())]
            overrides = {date.fromisoformat(day): given for day, given in stored.get("overrides", {}).items()}
            return cls(stored["zone"], stored["hours"], holidays, overrides)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Invalid(f"This is not a stored calendar: {error}.") from error

    def to_dict(self) -> dict[str, Any]:
        """The calendar as JSON: zone, hours, holidays and overrides, with ISO dates and lists."""
        return {
            "zone": self.zone,
            "hours": {day: [list(each) for each in given] for day, given in self.hours.items()},
            "holidays": sorted(day.isoformat() for day in self.holidays),
            "overrides": {day.isoformat(): [list(i) for i in given] for day, given in self.overrides.items()},
        }

    def add(self, start: datetime, seconds: float) -> datetime:
        """The instant at which `seconds` (0 or more) of working time after `start` are used up.

        Used up at closing time, it stays at closing time. add(start, 0) is `start` itself.
        """
        at, left = _micros(start), _amount(seconds)
        if not left:
            return _instant(at)
        number = _year_of(at)
        year = self._year(number)
        left += year.open_until(at)
        while left > year.total:
            left -= year.total
            number += 1
            year = self._year(number)
        return _instant(year.used_up(left))

    def sub(self, end: datetime, seconds: float) -> datetime:
        """The latest instant from which `seconds` (0 or more) of working time remain until `end`.

        It is always an open one: where a whole interval is needed, its opening. sub(end, 0) is `end` itself.
        """
        at, left = _micros(end), _amount(seconds)
        if not left:
            return _instant(at)
        number = _year_of(at)
        year = self._year(number)
        reached = year.open_until(at) - left
        while reached < 0:
            number -= 1
            year = self._year(number)
            reached += year.total
        return _instant(year.opened_up(reached))

    def between(self, a: datetime, b: datetime) -> float:
        """Working seconds from `a` to `b`, to the microsecond; negative when `b` is before `a`."""
        first, last = _micros(a), _micros(b)
        if last < first:
            return -self.between(b, a)
        number, end = _year_of(first), _year_of(last)
        whole = sum(self._year(each).total for each in range(number, end))
        return (whole + self._year(end).open_until(last) - self._year(number).open_until(first)) / _US

    def next_open(self, t: datetime) -> datetime:
        """`t` itself while the calendar is open, else the next opening."""
        at = _micros(t)
        number = _year_of(at)
        while (opening := self._year(number).open_from(at)) is None:
            number += 1
        return _instant(opening)

    def is_open(self, t: datetime) -> bool:
        """Whether `t` is working time: an opening instant is, a closing one is not."""
        at = _micros(t)
        return self._year(_year_of(at)).open_from(at) == at

    def opens_on(self, day: date) -> bool:
        """Whether working time begins on a local date: no weekend, no holiday."""
        special = self._special.get(day)
        return bool(self._weekly[day.weekday()] if special is None else special)

    def _rules(self) -> Hashable:
        return self.zone, self._weekly, frozenset(self._special.items())

    def _ever_opens(self) -> bool:
        return any(self._weekly) or any(a < b for day in self._special for a, b in self._edges(day))

    def _year(self, number: int) -> _Year:
        # Two threads may compute the same year at once: it comes out the same, and the first one stays.
        return self._years.get(number) or self._years.setdefault(number, self._computed(number))

    def _computed(self, number: int) -> _Year:
        if not _FIRST_YEAR <= number <= _LAST_YEAR:
            raise Invalid(f"No such working time between {_FIRST_YEAR} and {_LAST_YEAR} in this calendar.")
        low, high = (_micros(datetime(each, 1, 1, tzinfo=UTC)) for each in (number, number + 1))
        # Offsets and overnight tails reach across the year's edges: three days on either side cover them.
        days = (date(number, 1, 1) + timedelta(days=shift) for shift in range(-3, 369))
        edges = sorted(edge for day in days for edge in self._edges(day))
        clipped = ((max(a, low), min(b, high)) for a, b in edges)
        return _Year.of(_merged((a, b) for a, b in clipped if a < b))

    def _edges(self, day: date) -> Iterator[Span]:
        """The intervals that start on a local date, in microseconds since 1970."""
        special = self._special.get(day)
        for start, end in self._weekly[day.weekday()] if special is None else special:
            yield instant_of(day, start, 0, self._tz) * _US, instant_of(day, end, 1, self._tz) * _US


@dataclass(frozen=True, slots=True)
class _Year:
    """The open intervals of a UTC year in microseconds since 1970, and the open time before each of them."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    total: int

    @classmethod
    def of(cls, spans: Sequence[Span]) -> _Year:
        *before, total = accumulate((b - a for a, b in spans), initial=0)
        return cls([a for a, _ in spans], [b for _, b in spans], before, total)

    def open_until(self, at: int) -> int:
        i = bisect_right(self.starts, at) - 1
        return self.before[i] + min(at, self.ends[i]) - self.starts[i] if i >= 0 else 0

    def open_from(self, at: int) -> int | None:
        i = bisect_right(self.ends, at)
        return max(at, self.starts[i]) if i < len(self.starts) else None

    def used_up(self, amount: int) -> int:
        i = bisect_left(self.before, amount) - 1
        return self.starts[i] + amount - self.before[i]

    def opened_up(self, amount: int) -> int:
        i = bisect_right(self.before, amount) - 1
        return self.starts[i] + amount - self.before[i]


@lru_cache(maxsize=256)
def _office(zone: str, holidays: frozenset[date]) -> Calendar:
    return Calendar(zone, {day: [("09:00", "17:00")] for day in WEEKDAYS[:5]}, holidays)


@lru_cache(maxsize=1024)
def _years_of(rules: Hashable) -> dict[int, _Year]:
    """The years computed so far for these rules: one and the same dictionary for equal ones."""
    return {}


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans without their overlaps."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _micros(at: datetime) -> int:
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR + 1:
        raise Invalid(f"Working time is counted from {_FIRST_YEAR} to {_LAST_YEAR}, not in {at.year}.")
    try:
        past = at - _EPOCH
    except TypeError as error:
        raise Invalid(f"The time {at} has no time zone, so nobody can tell when it is.") from error
    return (past.days * _DAY_S + past.seconds) * _US + past.microseconds


def _instant(at: int) -> datetime:
    return _EPOCH + timedelta(microseconds=at)


def _year_of(at: int) -> int:
    return _instant(at).year


def _amount(seconds: float) -> int:
    if not (isfinite(seconds) and seconds >= 0):
        raise Invalid(f"Working time is counted in seconds, 0 or more, not {seconds}.")
    return round(seconds * _US)


def _weekday(name: str) -> str:
    if name not in WEEKDAYS:
        raise Invalid(f"“{name}” is no weekday. Use {', '.join(WEEKDAYS)}.")
    return name


def _date(day: object) -> date:
    if not isinstance(day, date) or isinstance(day, datetime):
        raise Invalid(f"“{day}” is no date. Use one such as 2026-12-24.")
    return day
