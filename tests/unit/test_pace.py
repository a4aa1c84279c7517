"""The product's time in a demo: it begins on a working morning, runs faster, and every time maps both ways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import Invalid
from bot.domain.pace import Pace, demo_pace

SATURDAY = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
MONDAY_TEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_without_a_demo_time_is_as_it_is() -> None:
    assert Pace().product(SATURDAY) == Pace().real(SATURDAY) == SATURDAY


def test_a_demo_begins_at_ten_on_the_next_working_day_of_its_zone() -> None:
    pace = demo_pace(600, SATURDAY, "Europe/Berlin")
    assert pace.product(SATURDAY) == MONDAY_TEN
    assert demo_pace(600, MONDAY_TEN + 5 * SECOND, "Europe/Berlin").start == MONDAY_TEN


def test_at_six_hundred_a_second_is_ten_minutes() -> None:
    pace = demo_pace(600, SATURDAY, "Europe/Berlin")
    assert pace.product(SATURDAY + 6 * SECOND) == MONDAY_TEN + timedelta(hours=1)


@pytest.mark.parametrize("seconds", [-90, 0, 0.25, 40])
def test_a_time_of_the_chat_comes_back_as_it_was(seconds: float) -> None:
    pace = demo_pace(600, SATURDAY, "Asia/Kolkata")
    real = SATURDAY + seconds * SECOND
    assert pace.real(pace.product(real)) == real


def test_what_was_before_the_demo_lies_as_long_before_its_beginning() -> None:
    pace = demo_pace(600, SATURDAY, "Europe/Berlin")
    assert pace.product(SATURDAY - 90 * SECOND) == MONDAY_TEN - 90 * SECOND


@pytest.mark.parametrize("speed", [0, -1, 0.5, 3601, float("nan")])
def test_a_speed_out_of_reach_is_refused(speed: float) -> None:
    with pytest.raises(Invalid, match="--speed is a number from 1"):
        Pace(speed=speed)
