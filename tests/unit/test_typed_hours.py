"""Working hours and times as people type them, and holiday files."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import Invalid
from bot.domain.hours_text import dates_text, hours_text, read_dates, read_hours
from bot.domain.targets_text import read_time, time_words
from bot.services.sla.almanac import public_holidays, read_holidays

ICS = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR"
)


@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"),
        ("Mon-Fri 9-17", "Mon-Fri 09:00-17:00"),
        ("Mon-Thu 9-12:30, 13-17", "Mon-Thu 09:00-12:30, 13:00-17:00"),
        ("monday – friday: 9:00 – 12:00, 13:00-17:00", "Mon-Fri 09:00-12:00, 13:00-17:00"),
        ("Mon-Fri 09:00-17:00\nWed closed", "Mon-Tue 09:00-17:00\nThu-Fri 09:00-17:00"),
        ("Fri-Mon 22:00-06:00", "Mon 22:00-06:00\nFri-Sun 22:00-06:00"),
        ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
    ],
)
def test_hours_are_read_as_people_type_them_and_shown_the_same_way(typed: str, back: str) -> None:
    assert hours_text(read_hours(typed)) == back
    assert read_hours(back) == read_hours(typed)


def test_special_days_are_read_and_shown_in_their_order() -> None:
    typed = "2026-12-31 closed\n2026-12-24: 9:00-12:00"
    assert dates_text(read_dates(typed)) == "2026-12-24 09:00-12:00\n2026-12-31 closed"


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("15 min", 900),
        ("1.5 h", 5400),
        ("1 day 2 h", 36000),
        ("3 working days", 86400),
        ("2 hours and 5 minutes", 7500),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, seconds: int) -> None:
    assert read_time(typed) == seconds
    assert read_time(time_words(seconds)) == seconds


@pytest.mark.parametrize("typed", ["", "soon", "0 min", "30 seconds", "5", "1 year", "200 days", "-1 h", "1 h ago"])
def test_what_is_no_time_or_an_impossible_one_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_time(typed)


def test_the_public_holidays_of_a_region_are_more_than_those_of_its_country() -> None:
    berlin, country = public_holidays("de-be", [2026]), public_holidays("DE", [2026])
    assert date(2026, 3, 8) in berlin - country
    assert date(2026, 12, 25) in berlin & country


@pytest.mark.parametrize("text", [ICS, "# ours\n2026-12-25 Christmas\n\n"])
def test_a_holiday_file_gives_its_days(text: str) -> None:
    assert read_holidays(text) == {date(2026, 12, 25)}


@pytest.mark.parametrize("text", ["", "hello", "2026-12-25\nhello", "BEGIN:VCALENDAR", "2026-02-30"])
def test_a_file_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="no holiday file"):
        read_holidays(text)
