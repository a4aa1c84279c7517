"""Months: what people call them, when they begin, and the first working day in one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import Invalid
from bot.domain.hours import Calendar
from bot.domain.months import Month, first_working_day, read_month

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", "2026-11"),
        ("this month", "2026-11"),
        ("last month", "2026-10"),
        ("2026-11", "2026-11"),
        ("2026-3", "2026-03"),
        ("November", "2026-11"),
        ("nov", "2026-11"),
        ("december", "2025-12"),
        ("  May   2024 ", "2024-05"),
    ],
)
def test_a_month_can_be_said_in_several_ways(said: str, meant: str) -> None:
    assert read_month(said, NOW, BERLIN).name == meant


@pytest.mark.parametrize("said", ["2026-13", "no", "smarch", "2026", "IT-12", "1999-01", "next month", "٢٠٢٦-١٣"])
def test_what_is_no_month_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(Invalid, match="2026-10"):
        read_month(said, NOW, BERLIN)


def test_a_month_that_has_not_begun_is_refused() -> None:
    with pytest.raises(Invalid, match="December 2026 has not begun"):
        read_month("2026-12", NOW, BERLIN)


def test_a_month_begins_at_local_midnight() -> None:
    just_before = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)
    assert read_month("", just_before, BERLIN).name == "2026-10"
    period = Month(2026, 10).period(BERLIN)
    assert (period.since.hour, period.until.hour) == (22, 23)  # summer time ends in between


def test_january_follows_december() -> None:
    assert Month(2025, 12).after == Month(2026, 1)
    assert Month(2026, 1).before == Month(2025, 12)


def test_the_weeks_of_a_month_begin_on_its_first_day_and_then_on_mondays() -> None:
    days = [at.astimezone(BERLIN).day for at in Month(2026, 10).period(BERLIN).weeks()]
    assert days == [1, 5, 12, 19, 26]
    starts_on_monday = [at.astimezone(BERLIN).day for at in Month(2026, 6).period(BERLIN).weeks()]
    assert starts_on_monday == [1, 8, 15, 22, 29]


def test_the_first_working_day_is_neither_a_weekend_nor_a_holiday() -> None:
    office = Calendar("Europe/Berlin", {day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")})
    assert first_working_day(Month(2026, 11), office, 9, BERLIN).at == datetime(2026, 11, 2, 8, tzinfo=UTC)
    new_year = Calendar("Europe/Berlin", office.hours, holidays={date(2027, 1, 1)})
    slot = first_working_day(Month(2027, 1), new_year, 9, BERLIN)
    assert (slot.name, slot.at) == ("2027-01", datetime(2027, 1, 4, 8, tzinfo=UTC))
