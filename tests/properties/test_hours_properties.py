"""Working time in general: its laws, and a walker that goes minute by minute where the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.hours import WEEKDAYS, Calendar

MINUTE = timedelta(minutes=1)
DAYS = 8
QUICK = settings(max_examples=20, deadline=None, derandomize=True, database=None)

# Each window starts two days before what makes it hard.
WINDOWS = (
    ("Europe/Berlin", date(2026, 3, 27)),
    ("Europe/Berlin", date(2026, 10, 23)),
    ("America/Chicago", date(2026, 3, 6)),
    ("America/Chicago", date(2026, 10, 30)),
    ("Australia/Lord_Howe", date(2026, 4, 3)),
    ("Australia/Lord_Howe", date(2026, 10, 2)),
    ("America/Sao_Paulo", date(2018, 2, 16)),
    ("America/Sao_Paulo", date(2018, 11, 2)),
    ("Asia/Kolkata", date(2026, 12, 29)),
    ("America/Chicago", date(2026, 12, 29)),
)


class Case(NamedTuple):
    """A calendar and the first date of the window in which it is tried."""

    calendar: Calendar
    first: date

    def at(self, minute: int) -> datetime:
        return datetime.combine(self.first, time(), UTC) + minute * MINUTE


QUARTERS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
INTERVALS = st.tuples(QUARTERS, QUARTERS | st.just("24:00"))
MINUTES = st.integers(0, 4 * 1440)
SECONDS = st.integers(1, 10**13).map(lambda micros: micros / 10**6)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, first = draw(st.sampled_from(WINDOWS))
    dates = st.integers(-1, DAYS).map(lambda shift: first + timedelta(days=shift))
    some = st.lists(INTERVALS, min_size=1, max_size=3)
    hours = st.dictionaries(st.sampled_from(WEEKDAYS), some, min_size=1)
    overrides = st.dictionaries(dates, st.lists(INTERVALS, max_size=2), max_size=3)
    calendar = Calendar(zone, draw(hours), draw(st.sets(dates, max_size=3)), draw(overrides))
    return Case(calendar, first)


@lru_cache(maxsize=len(WINDOWS))
def walls(zone: str, first: date) -> dict[datetime, list[int]]:
    """Of every wall time around a window, the UTC minutes since its start at which the clocks show it."""
    start, tz = datetime.combine(first, time(), UTC), ZoneInfo(zone)
    shown: dict[datetime, list[int]] = {}
    for minute in range(-3 * 1440, (DAYS + 3) * 1440):
        local = (start + minute * MINUTE).astimezone(tz).replace(tzinfo=None, fold=0)
        shown.setdefault(local, []).append(minute)
    return shown


def shown_at(wall: datetime, which: int, shown: dict[datetime, list[int]]) -> int:
    walls_from = (wall + skipped * MINUTE for skipped in range(2 * 60))
    return next(shown[each][which] for each in walls_from if each in shown)


def end_of(day: date, start: str, end: str) -> datetime:
    if end == "24:00" or end <= start:
        day += timedelta(days=1)
    return datetime.combine(day, time.fromisoformat(end.replace("24:", "00:")))


def intervals_on(calendar: Calendar, day: date) -> list[tuple[str, str]]:
    if day in calendar.overrides:
        return list(calendar.overrides[day])
    if day in calendar.holidays:
        return []
    return list(calendar.hours.get(WEEKDAYS[day.weekday()], ()))


def walked(case: Case) -> bytearray:
    """For every UTC minute of the window, 1 while the calendar is open and else 0."""
    shown = walls(case.calendar.zone, case.first)
    is_open = bytearray(DAYS * 1440)
    for shift in range(-2, DAYS + 1):
        day = case.first + timedelta(days=shift)
        for start, end in intervals_on(case.calendar, day):
            first = shown_at(datetime.combine(day, time.fromisoformat(start)), 0, shown)
            last = shown_at(end_of(day, start, end), -1, shown)
            first, last = (min(max(edge, 0), DAYS * 1440) for edge in (first, last))
            is_open[first:last] = b"\1" * (last - first)
    return is_open


@QUICK
@given(cases())
def test_it_is_open_exactly_when_the_walker_says_so(case: Case) -> None:
    for minute, is_open in enumerate(walked(case)):
        if minute % 15 == 0:
            assert case.calendar.is_open(case.at(minute)) == bool(is_open)


@QUICK
@given(cases(), MINUTES, MINUTES)
def test_between_counts_the_walkers_open_minutes(case: Case, a: int, b: int) -> None:
    a, b = sorted((a, b))
    assert case.calendar.between(case.at(a), case.at(b)) == 60 * sum(walked(case)[a:b])


@QUICK
@given(cases(), MINUTES, st.integers(1, 3000))
def test_add_stops_where_the_walker_has_used_up_its_minutes(case: Case, start: int, minutes: int) -> None:
    left, window_end = minutes, case.at(DAYS * 1440)
    due = case.calendar.add(case.at(start), minutes * 60)
    for minute, is_open in list(enumerate(walked(case)))[start:]:
        left -= is_open
        if not left:
            assert due == case.at(minute + 1)
            return
    assert due > window_end


@QUICK
@given(cases(), MINUTES)
def test_next_open_is_the_walkers_next_open_minute(case: Case, start: int) -> None:
    found = case.calendar.next_open(case.at(start))
    opening = walked(case).find(1, start)
    assert found == case.at(opening) if opening >= 0 else found >= case.at(DAYS * 1440)


@QUICK
@given(cases(), MINUTES, SECONDS)
def test_between_a_start_and_its_deadline_lies_what_was_added(case: Case, start: int, seconds: float) -> None:
    assert case.calendar.between(case.at(start), case.calendar.add(case.at(start), seconds)) == seconds


@QUICK
@given(cases(), MINUTES, SECONDS)
def test_counting_back_from_a_deadline_leads_to_the_first_open_instant(case: Case, start: int, seconds: float) -> None:
    calendar = case.calendar
    back = calendar.sub(calendar.add(case.at(start), seconds), seconds)
    assert back == calendar.next_open(case.at(start))
    assert calendar.between(case.at(start), back) == 0


@QUICK
@given(cases(), MINUTES)
def test_nothing_added_or_taken_changes_nothing(case: Case, start: int) -> None:
    assert case.calendar.add(case.at(start), 0) == case.at(start) == case.calendar.sub(case.at(start), 0)


@QUICK
@given(cases(), MINUTES, MINUTES, SECONDS, SECONDS)
def test_later_starts_and_longer_targets_never_end_earlier(
    case: Case, a: int, b: int, short: float, long: float
) -> None:
    (a, b), (short, long) = sorted((a, b)), sorted((short, long))
    add, sub = case.calendar.add, case.calendar.sub
    assert add(case.at(a), short) <= add(case.at(b), short)
    assert add(case.at(a), short) <= add(case.at(a), long)
    assert sub(case.at(a), short) <= sub(case.at(b), short)
    assert sub(case.at(b), long) <= sub(case.at(b), short)


@QUICK
@given(cases())
def test_a_calendar_read_back_from_json_is_the_same(case: Case) -> None:
    assert Calendar.from_dict(case.calendar.to_dict()) == case.calendar
