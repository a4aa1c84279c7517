"""When a weekly agenda is due, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.agenda import (
    LATEST,
    Alarm,
    Slot,
    fit,
    is_skipped,
    latest_alarms,
    latest_slot,
    next_slot,
    rank,
    slot_after,
)

BERLIN, CHICAGO, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Chicago"), ZoneInfo("Pacific/Auckland")
MONDAY, FRIDAY, SUNDAY = 0, 4, 6


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_the_latest_slot_is_the_last_one_at_or_before_now() -> None:
    slot = Slot("2026-W48", utc(2026, 11, 23, 8))
    assert latest_slot(utc(2026, 11, 23, 8), BERLIN, MONDAY, 9) == slot
    assert latest_slot(utc(2026, 11, 29, 23), BERLIN, MONDAY, 9) == slot
    assert latest_slot(utc(2026, 11, 23, 7, 59), BERLIN, MONDAY, 9) == Slot("2026-W47", utc(2026, 11, 16, 8))


def test_the_next_slot_is_the_first_one_after_now() -> None:
    assert next_slot(utc(2026, 11, 23, 7, 59), BERLIN, MONDAY, 9).at == utc(2026, 11, 23, 8)
    assert next_slot(utc(2026, 11, 23, 8), BERLIN, MONDAY, 9).at == utc(2026, 11, 30, 8)


def test_the_weekday_is_the_one_of_the_channel_and_not_of_london() -> None:
    sunday_evening_in_london = utc(2026, 11, 22, 21)
    assert latest_slot(sunday_evening_in_london, AUCKLAND, MONDAY, 9).at == utc(2026, 11, 22, 20)
    assert latest_slot(sunday_evening_in_london, CHICAGO, MONDAY, 9).at == utc(2026, 11, 16, 15)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (utc(2026, 3, 23, 8), utc(2026, 3, 30, 7)),
        (utc(2026, 10, 19, 7), utc(2026, 10, 26, 8)),
    ],
    ids=["spring", "autumn"],
)
def test_over_a_change_of_clocks_the_agenda_stays_at_nine_in_the_morning(before: datetime, after: datetime) -> None:
    assert latest_slot(before, BERLIN, MONDAY, 9).at == before
    assert next_slot(before, BERLIN, MONDAY, 9).at == after
    assert latest_slot(after, BERLIN, MONDAY, 9).at == after


@pytest.mark.parametrize("hour", [2, 3])
@pytest.mark.parametrize("day", [utc(2026, 3, 28, 22), utc(2026, 10, 24, 22)], ids=["spring", "autumn"])
def test_on_the_night_the_clocks_change_there_is_one_slot(day: datetime, hour: int) -> None:
    quarters = [day + timedelta(minutes=15 * step) for step in range(40)]
    slots = {latest_slot(now, BERLIN, SUNDAY, hour) for now in quarters}
    assert len({slot.name for slot in slots}) == len(slots) == 2
    assert all(latest_slot(now, BERLIN, SUNDAY, hour).at <= now for now in quarters)


@pytest.mark.parametrize(
    ("now", "name"),
    [
        (utc(2026, 12, 28, 12), "2026-W53"),
        (utc(2027, 1, 3, 12), "2026-W53"),
        (utc(2027, 1, 4, 12), "2027-W01"),
        (utc(2024, 12, 30, 12), "2025-W01"),
    ],
)
def test_at_the_end_of_the_year_every_week_has_a_name_of_its_own(now: datetime, name: str) -> None:
    assert latest_slot(now, BERLIN, MONDAY, 9).name == name


def test_no_two_weeks_of_ten_years_share_a_name() -> None:
    weeks = [latest_slot(utc(2024, 1, 5, 12) + timedelta(weeks=each), CHICAGO, FRIDAY, 5) for each in range(520)]
    assert len({slot.name for slot in weeks}) == 520


def test_a_clock_set_back_a_little_names_the_same_slot_again() -> None:
    posted = latest_slot(utc(2026, 11, 23, 8, 30), BERLIN, MONDAY, 9)
    assert latest_slot(utc(2026, 11, 23, 8, 5), BERLIN, MONDAY, 9) == posted


def test_a_slot_is_too_old_only_after_two_days() -> None:
    slot = Slot("2026-W48", utc(2026, 11, 23, 8))
    assert not slot.is_too_old(slot.at + LATEST)
    assert slot.is_too_old(slot.at + LATEST + timedelta(seconds=1))


def test_the_week_before_and_after_keep_the_local_hour_over_a_change_of_clocks() -> None:
    slot = latest_slot(utc(2026, 3, 30, 8), BERLIN, MONDAY, 9)
    assert slot_after(slot, BERLIN, -1) == Slot("2026-W13", utc(2026, 3, 23, 8))
    assert slot_after(slot, BERLIN, 1) == Slot("2026-W15", utc(2026, 4, 6, 7))


def test_a_date_was_skipped_if_the_one_before_had_no_agenda() -> None:
    slot = Slot("2026-W48", utc(2026, 11, 23, 8))
    set_up = slot.at - timedelta(days=30)
    assert not is_skipped(slot, Slot("2026-W47", utc(2026, 11, 16, 8)), set_up, BERLIN)
    assert is_skipped(slot, Slot("2026-W46", utc(2026, 11, 9, 8)), set_up, BERLIN)


def test_another_day_of_the_week_skips_nothing() -> None:
    thursday = Slot("2026-W49", utc(2026, 12, 3, 8))
    monday_of_the_week_before = Slot("2026-W48", utc(2026, 11, 23, 8))
    assert not is_skipped(thursday, monday_of_the_week_before, utc(2026, 1, 1), BERLIN)


def test_a_first_agenda_skips_only_what_came_after_the_set_up() -> None:
    slot = Slot("2026-W48", utc(2026, 11, 23, 8))
    assert not is_skipped(slot, None, utc(2026, 11, 17), BERLIN)
    assert is_skipped(slot, None, utc(2026, 11, 16, 8), BERLIN)


def test_decisions_are_ranked_by_deadline_then_by_age() -> None:
    monday, friday = utc(2026, 11, 23), utc(2026, 11, 27)
    candidates = [(1, None, monday), (2, friday, friday), (3, friday, monday), (4, monday, friday), (5, None, friday)]
    assert rank(candidates) == (4, 3, 2, 1, 5)


def test_of_a_clock_only_its_gravest_alarm_is_told_and_what_is_late_comes_first() -> None:
    warned = Alarm(1, "resolution", utc(2026, 11, 23), breached=False)
    late = Alarm(1, "resolution", utc(2026, 11, 24), breached=True)
    other = Alarm(2, "resolution", utc(2026, 11, 20), breached=False)
    assert latest_alarms([warned, other, late]) == (late, other)
    assert latest_alarms([late, warned]) == (late,)


def test_a_long_list_gives_way_before_a_short_one_and_none_loses_all() -> None:
    sizes = {"long": [100] * 20, "short": [100] * 2, "huge": [5000]}
    assert fit(sizes, most=10_000, lines=8) == {"long": 8, "short": 2, "huge": 1}
    assert fit(sizes, most=5_400, lines=8) == {"long": 2, "short": 2, "huge": 1}
    assert fit(sizes, most=10, lines=8) == {"long": 1, "short": 1, "huge": 1}
