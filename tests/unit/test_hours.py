"""Working time by example: every rule of a calendar once."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import Invalid
from bot.domain.hours import Calendar

HOUR = 3600
BERLIN = ZoneInfo("Europe/Berlin")


def berlin(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN, fold=fold)


OFFICE = Calendar.office("Europe/Berlin", holidays=[date(2026, 12, 25)])


def test_the_office_is_open_from_nine_to_five_on_weekdays() -> None:
    assert OFFICE.is_open(berlin(11, 16, 9))
    assert not OFFICE.is_open(berlin(11, 16, 8, 59))
    assert not OFFICE.is_open(berlin(11, 16, 17))
    assert not OFFICE.is_open(berlin(11, 14, 12))


def test_answers_are_in_utc() -> None:
    for answer in (
        OFFICE.add(berlin(11, 16, 9), 60),
        OFFICE.add(berlin(11, 16, 9), 0),
        OFFICE.sub(berlin(11, 16, 9), 60),
        OFFICE.next_open(berlin(11, 16, 12)),
    ):
        assert answer.tzinfo is UTC


def test_hours_left_at_closing_time_go_on_at_the_next_opening() -> None:
    assert OFFICE.add(berlin(11, 13, 16), 2 * HOUR) == berlin(11, 16, 10)


def test_a_deadline_used_up_at_closing_time_stays_there() -> None:
    assert OFFICE.add(berlin(11, 13, 16), HOUR) == berlin(11, 13, 17)
    assert OFFICE.add(berlin(11, 12, 17), 8 * HOUR) == berlin(11, 13, 17)


def test_nothing_added_is_the_start_itself_even_outside_hours() -> None:
    assert OFFICE.add(berlin(11, 14, 3), 0) == berlin(11, 14, 3)
    assert OFFICE.sub(berlin(11, 14, 3), 0) == berlin(11, 14, 3)


def test_counting_back_from_an_opening_reaches_into_the_day_before() -> None:
    assert OFFICE.sub(berlin(11, 16, 9), HOUR) == berlin(11, 13, 16)
    assert OFFICE.sub(berlin(11, 16, 17), 8 * HOUR) == berlin(11, 16, 9)


def test_between_counts_open_time_only_and_backwards_as_negative() -> None:
    assert OFFICE.between(berlin(11, 13, 16), berlin(11, 16, 10)) == 2 * HOUR
    assert OFFICE.between(berlin(11, 16, 10), berlin(11, 13, 16)) == -2 * HOUR


def test_microseconds_are_kept() -> None:
    start = berlin(11, 16, 10) + timedelta(microseconds=7)
    assert OFFICE.add(start, 0.25) == start + timedelta(milliseconds=250)
    assert OFFICE.between(start, OFFICE.add(start, 40_000.000001)) == 40_000.000001


def test_next_open_is_now_while_open_and_the_next_opening_otherwise() -> None:
    assert OFFICE.next_open(berlin(11, 16, 12)) == berlin(11, 16, 12)
    assert OFFICE.next_open(berlin(11, 13, 17)) == berlin(11, 16, 9)
    assert OFFICE.next_open(berlin(12, 24, 18)) == berlin(12, 28, 9)


def test_a_day_may_have_several_intervals() -> None:
    lunch = Calendar("Europe/Berlin", {"mon": [("13:00", "17:00"), ("09:00", "12:00")]})
    assert lunch.add(berlin(11, 16, 11), 2 * HOUR) == berlin(11, 16, 14)
    assert not lunch.is_open(berlin(11, 16, 12, 30))


def test_overlapping_intervals_count_once() -> None:
    doubled = Calendar("Europe/Berlin", {"mon": [("09:00", "12:00"), ("11:00", "14:00"), ("10:00", "11:30")]})
    assert doubled.between(berlin(11, 16), berlin(11, 17)) == 5 * HOUR


def test_midnight_may_be_written_as_24_00() -> None:
    late = Calendar("Europe/Berlin", {"mon": [("20:00", "24:00")], "tue": [("00:00", "02:00")]})
    assert late.add(berlin(11, 16, 22), 3 * HOUR) == berlin(11, 17, 1)
    assert late.add(berlin(11, 16, 22), 2 * HOUR) == berlin(11, 17)


def test_equal_start_and_end_is_a_whole_day() -> None:
    monday = Calendar("Europe/Berlin", {"mon": [("09:00", "09:00")]})
    assert monday.between(berlin(11, 15), berlin(11, 22)) == 24 * HOUR


def test_an_overnight_interval_belongs_to_the_date_it_starts_on() -> None:
    night = Calendar("Europe/Berlin", {"mon": [("22:00", "06:00")]}, holidays={date(2026, 11, 17)})
    assert night.is_open(berlin(11, 17, 5))
    assert night.add(berlin(11, 16, 23), 7 * HOUR) == berlin(11, 17, 6)


def test_a_holiday_removes_the_night_that_starts_on_it() -> None:
    night = Calendar("Europe/Berlin", {"mon": [("22:00", "06:00")]}, holidays={date(2026, 11, 16)})
    assert night.next_open(berlin(11, 16, 1)) == berlin(11, 23, 22)


def test_an_override_replaces_the_weekday_and_the_holiday() -> None:
    short = Calendar(
        "Europe/Berlin",
        {"thu": [("09:00", "17:00")], "fri": [("09:00", "17:00")]},
        holidays={date(2026, 12, 25)},
        overrides={date(2026, 12, 24): [("10:00", "14:00")], date(2026, 12, 25): [("10:00", "11:00")]},
    )
    assert short.between(berlin(12, 24), berlin(12, 26)) == 5 * HOUR


def test_an_empty_override_closes_the_day() -> None:
    closed = Calendar("Europe/Berlin", {"mon": [("09:00", "17:00")]}, overrides={date(2026, 11, 16): []})
    assert closed.next_open(berlin(11, 16, 9)) == berlin(11, 23, 9)


def test_an_edge_the_clocks_skip_is_the_instant_of_the_jump() -> None:
    from_gap = Calendar("Europe/Berlin", {"sun": [("02:30", "05:00")]})
    assert from_gap.next_open(berlin(3, 29)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert from_gap.between(berlin(3, 29), berlin(3, 30)) == 2 * HOUR
    to_gap = Calendar("Europe/Berlin", {"sun": [("01:00", "02:30")]})
    assert to_gap.add(berlin(3, 29), HOUR) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert to_gap.between(berlin(3, 29), berlin(3, 30)) == HOUR


def test_an_edge_that_comes_twice_starts_at_the_first_and_ends_at_the_second() -> None:
    twice = Calendar("Europe/Berlin", {"sun": [("02:15", "02:45")]})
    assert twice.next_open(berlin(10, 25)) == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert twice.add(berlin(10, 25), 1.5 * HOUR) == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)
    assert twice.is_open(berlin(10, 25, 2, 40, fold=1))


def test_a_day_with_a_gap_at_midnight_starts_at_the_jump() -> None:
    always = {day: [("00:00", "24:00")] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    zone = ZoneInfo("America/Sao_Paulo")
    day, after = datetime(2018, 11, 4, tzinfo=zone), datetime(2018, 11, 5, tzinfo=zone)
    assert Calendar("America/Sao_Paulo", always).between(day, after) == 23 * HOUR
    sunday = Calendar("America/Sao_Paulo", {"sun": [("00:00", "24:00")]})
    assert sunday.next_open(datetime(2018, 11, 3, 12, tzinfo=zone)) == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_a_date_that_never_was_has_no_hours() -> None:
    apia = Calendar("Pacific/Apia", {"fri": [("09:00", "17:00")]})
    zone = ZoneInfo("Pacific/Apia")
    assert apia.next_open(datetime(2011, 12, 29, tzinfo=zone)) == datetime(2012, 1, 6, 9, tzinfo=zone)


def test_a_night_over_new_year_is_one_interval() -> None:
    night = Calendar("Asia/Kolkata", {"thu": [("22:00", "08:00")]})
    zone = ZoneInfo("Asia/Kolkata")
    start, end = datetime(2026, 12, 31, 22, tzinfo=zone), datetime(2027, 1, 1, 8, tzinfo=zone)
    assert night.add(start, 10 * HOUR) == end
    assert night.sub(end, 10 * HOUR) == start
    assert night.between(start, end) == 10 * HOUR


def test_targets_of_years_are_counted() -> None:
    start = berlin(1, 5, 9)
    due = OFFICE.add(start, 10 * 2000 * HOUR)
    assert 2035 <= due.year <= 2036
    assert OFFICE.between(start, due) == 10 * 2000 * HOUR
    assert OFFICE.sub(due, 10 * 2000 * HOUR) == start


def test_threads_that_share_a_new_calendar_agree() -> None:
    fresh = Calendar("Europe/Berlin", {"tue": [("09:01", "17:03")]})
    starts = [berlin(1, 5, year=2000 + shift % 20) for shift in range(80)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda start: fresh.add(start, 30 * HOUR), starts))
    assert found == [fresh.add(start, 30 * HOUR) for start in starts]


@pytest.mark.parametrize(
    "call",
    [
        lambda at: OFFICE.add(at, 60),
        lambda at: OFFICE.sub(at, 60),
        lambda at: OFFICE.between(at, berlin(11, 16)),
        lambda at: OFFICE.between(berlin(11, 16), at),
        OFFICE.next_open,
        OFFICE.is_open,
    ],
)
def test_a_time_without_a_zone_is_refused(call: Callable[[datetime], object]) -> None:
    with pytest.raises(Invalid, match="no time zone"):
        call(datetime(2026, 11, 16, 9))  # noqa: DTZ001 - the naive time is the point


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_seconds_that_are_no_amount_are_refused(seconds: float) -> None:
    with pytest.raises(Invalid, match="0 or more"):
        OFFICE.add(berlin(11, 16), seconds)
    with pytest.raises(Invalid, match="0 or more"):
        OFFICE.sub(berlin(11, 16), seconds)


@pytest.mark.parametrize(
    "zone, hours, words",
    [
        ("Europe/Nowhere", {"mon": [("09:00", "17:00")]}, "no time zone “Europe/Nowhere”"),
        ("", {"mon": [("09:00", "17:00")]}, "no time zone"),
        ("../etc", {"mon": [("09:00", "17:00")]}, "no time zone"),
        ("Europe/Berlin", {}, "never opens"),
        ("Europe/Berlin", {"mon": []}, "never opens"),
        ("Europe/Berlin", {"monday": [("09:00", "17:00")]}, "no weekday"),
        ("Europe/Berlin", {"mon": [("9 am", "17:00")]}, "no time of day"),
        ("Europe/Berlin", {"mon": [("25:00", "17:00")]}, "no time of day"),
        ("Europe/Berlin", {"mon": [("09:60", "17:00")]}, "no time of day"),
        ("Europe/Berlin", {"mon": [("24:00", "08:00")]}, "no time of day"),
        ("Europe/Berlin", {"mon": [("09:00", "24:01")]}, "no time of day"),
        ("Europe/Berlin", {"mon": [("09:00",)]}, "pairs"),
        ("Europe/Berlin", {"mon": "09:00-17:00"}, "pairs"),
    ],
)
def test_rules_that_make_no_calendar_are_refused_with_words(zone: str, hours: Any, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        Calendar(zone, hours)


def test_a_calendar_open_only_on_a_date_that_never_was_is_refused() -> None:
    with pytest.raises(Invalid, match="never opens"):
        Calendar("Pacific/Apia", {}, overrides={date(2011, 12, 30): [("09:00", "17:00")]})


def test_a_calendar_whose_last_day_is_past_says_that_there_is_no_more() -> None:
    fair = Calendar("Europe/Berlin", {}, overrides={date(2026, 11, 16): [("10:00", "14:00")]})
    assert fair.add(berlin(11, 1), 4 * HOUR) == berlin(11, 16, 14)
    with pytest.raises(Invalid, match="No such working time"):
        fair.add(berlin(11, 16, 12), 3 * HOUR)
    with pytest.raises(Invalid, match="No such working time"):
        fair.next_open(berlin(11, 16, 14))


def test_years_nobody_plans_with_are_refused() -> None:
    with pytest.raises(Invalid, match="from 1900 to 2199"):
        OFFICE.is_open(datetime(9999, 12, 31, tzinfo=UTC))


def test_a_calendar_survives_json() -> None:
    stored = json.dumps(
        Calendar(
            "America/Chicago",
            {"mon": [("9:00", "12:00"), ("13:00", "24:00")]},
            holidays={date(2026, 12, 25), date(2026, 1, 1)},
            overrides={date(2026, 12, 24): [("10:00", "14:00")], date(2026, 12, 31): []},
        ).to_dict()
    )
    again = Calendar.from_dict(json.loads(stored))
    assert json.dumps(again.to_dict()) == stored
    assert again.to_dict()["hours"] == {"mon": [["09:00", "12:00"], ["13:00", "24:00"]]}
    assert again.to_dict()["overrides"]["2026-12-31"] == []


def test_calendars_with_the_same_rules_are_equal() -> None:
    again = Calendar.from_dict(OFFICE.to_dict())
    assert again == OFFICE
    assert hash(again) == hash(OFFICE)
    assert again != Calendar.office("Europe/Berlin")


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"zone": "Europe/Berlin"},
        {"zone": "Europe/Berlin", "hours": ["mon"]},
        {"zone": "Europe/Berlin", "hours": {"mon": None}},
        {"zone": "Europe/Berlin", "hours": {"mon": [["09:00", "17:00"]]}, "holidays": ["Christmas"]},
        {"zone": "Europe/Berlin", "hours": {"mon": [["09:00", "17:00"]]}, "overrides": {"soon": []}},
    ],
)
def test_json_that_is_no_calendar_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        Calendar.from_dict(stored)


def test_a_date_with_a_time_is_no_holiday() -> None:
    with pytest.raises(Invalid, match="no date"):
        Calendar.office("Europe/Berlin", [berlin(12, 25)])
