"""How look backs sharpen what is usual for a channel, and what an overload cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.campaign import Campaign
from bot.domain.channels import channel
from bot.domain.load import Site, forecast
from bot.domain.sharpening import LEAST_RATIO, Lesson, orders_lost, ratio_seen, sharpen, sharpened

START = datetime(2026, 12, 12, 10, tzinfo=UTC)
EMAIL, SMS = channel("email"), channel("sms")
SITE = Site("shop.example", 100, usual_visits_per_min=60)
XMAS = Campaign(1, "Xmas", START, (EMAIL,), 400_000)
USUAL = 25.0  # a visit a second, of 25 requests


def lessons(*ratios: float, key: str = "email") -> Sequence[Lesson]:
    return [Lesson(10 + at, key, one, START - timedelta(days=30 - at)) for at, one in enumerate(ratios)]


@pytest.mark.parametrize(
    ("ratios", "times"),
    [
        ((2.0,), 5 / 4),
        ((2.0, 2.0, 2.0), 9 / 6),
        ((0.5, 1.5), 1.0),
        ((30.0,), 6 / 4),
        ((0.0,), (3 + LEAST_RATIO) / 4),
        ((3.0, *(1.0,) * 10), 1.0),
    ],
)
def test_the_usual_response_is_the_shipped_one_times_the_mean_ratio_held_by_three(
    ratios: Sequence[float], times: float
) -> None:
    known = sharpened(EMAIL, lessons(*ratios))
    assert known.response == pytest.approx(EMAIL.response * times)
    assert known.scanner is not None
    assert EMAIL.scanner is not None
    assert known.scanner.share == pytest.approx(EMAIL.scanner.share * times)


def test_its_source_says_how_many_campaigns_taught_it() -> None:
    assert sharpened(EMAIL, lessons(1.2, 1.1, 1.3)).source.startswith("your last 3 e-mail campaigns; shipped: 1.7 %, ")
    assert sharpened(SMS, lessons(1.2, key="sms")).source.startswith("your last SMS campaign; shipped: 6 %, ")
    assert sharpened(channel("press"), lessons(3, key="press")).response == 1


@pytest.mark.parametrize(
    "of",
    [
        lessons(2.0, key="sms"),
        [Lesson(1, "email", 2.0, START - timedelta(days=1))],
        [Lesson(2, "email", 2.0, START)],
    ],
)
def test_other_channels_itself_and_what_came_after_the_start_teach_it_nothing(of: Sequence[Lesson]) -> None:
    assert sharpen(XMAS, of) == XMAS


def test_what_was_typed_stays_and_what_was_not_is_sharpened() -> None:
    typed = replace(XMAS, channels=(EMAIL, SMS), response=0.03)
    found = sharpen(typed, [*lessons(2.0), *lessons(2.0, key="sms")])
    assert found.main == EMAIL
    assert found.channels[1].response == pytest.approx(0.075)


@pytest.mark.parametrize("times", [0.5, 1.0, 2.5])
@pytest.mark.parametrize("typed", [None, 0.04])
def test_a_ratio_is_of_the_shipped_figure_whatever_was_typed_or_learned(times: float, typed: float | None) -> None:
    own = forecast(XMAS.waves(), SITE).peak_requests_per_s - USUAL
    planned = replace(sharpen(XMAS, lessons(3.0, 3.0)), response=typed)
    assert ratio_seen(planned, (), SITE, USUAL + times * own) == pytest.approx(times)


def test_the_part_of_other_campaigns_is_not_its_own() -> None:
    other = replace(XMAS, number=2, start=START - timedelta(hours=1), audience=100_000)
    both = forecast([*XMAS.waves(), *other.waves()], SITE)
    assert ratio_seen(XMAS, [other], SITE, both.peak_requests_per_s) == pytest.approx(1, abs=0.02)
    larger = replace(other, start=START, audience=800_000)
    assert ratio_seen(XMAS, [larger], SITE, 300) is None
    assert ratio_seen(replace(XMAS, channels=(EMAIL, SMS)), (), SITE, 300) is None


def test_orders_lost_are_those_of_a_wave_as_large_as_was_seen() -> None:
    own = forecast(XMAS.waves(), SITE).peak_requests_per_s - USUAL
    as_seen = orders_lost(XMAS, (), SITE, USUAL + 2 * own)
    doubled = replace(XMAS, audience=800_000, window_s=EMAIL.window_for(400_000))
    assert as_seen == pytest.approx(forecast(doubled.waves(), SITE).lost_orders(EMAIL.conversion))
    assert orders_lost(XMAS, (), SITE, 80) == 0
