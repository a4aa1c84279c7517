"""When a weekly agenda is due, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.agenda import LATEST, Slot, latest_slot, next_slot

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
