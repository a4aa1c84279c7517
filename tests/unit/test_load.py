"""The load of campaigns: closed forms, golden cases, verdicts, windows, and what can't be forecast."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path

import numpy as np
import pytest

from bot.domain.errors import Invalid
from bot.domain.load import (
    Delay,
    Exponential,
    Forecast,
    Lognormal,
    Scanner,
    Site,
    Spike,
    Verdict,
    Wave,
    forecast,
    smallest_window,
)
from bot.files import load_case

CASES = Path(__file__).parents[1] / "cases"
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHOP = Site("shop", 120, usual_visits_per_min=60)


def wave(audience: int = 400_000, window_s: float = 900, delay: Delay | None = None, start: datetime = NINE) -> Wave:
    return Wave("mailing", "email", audience, 0.017, start, window_s, delay or Exponential(1800))


def golden(name: str) -> tuple[Forecast, float]:
    case = load_case.read((CASES / f"{name}.yaml").read_text())
    found = forecast(case.waves, case.site)
    return found, found.lost_orders(case.conversion)


def test_the_mailing_loads_the_site_as_was_computed_apart() -> None:
    found, lost = golden("load-mailing")
    peaks = (found.peak_arrivals_per_s, found.peak_sessions, found.peak_requests_per_s)
    assert peaks == pytest.approx((3.97, 489.4, 94.1), rel=0.015)
    assert (found.overload_s, found.turned_away, lost) == (0, 0, 0)
    assert found.verdict is Verdict.GO_WITH_CONDITIONS
    assert found.peak_at.isoformat(timespec="minutes") == "2026-03-02T09:17+01:00"


def test_the_mailing_fits_when_it_is_sent_over_twenty_one_minutes() -> None:
    case = load_case.read((CASES / "load-mailing.yaml").read_text())
    assert smallest_window(case.waves[0], case.site) == timedelta(seconds=1260)


def test_two_campaigns_of_one_evening_add_up_as_was_computed_apart() -> None:
    found, lost = golden("load-overlap")
    peaks = (found.peak_arrivals_per_s, found.peak_sessions, found.peak_requests_per_s)
    assert peaks == pytest.approx((16.24, 1206.0, 231.9), rel=0.015)
    assert found.verdict is Verdict.NO_GO
    assert found.peak_at.isoformat(timespec="minutes") == "2026-11-27T20:16+01:00"
    assert lost == pytest.approx(0.02 * found.turned_away)


def test_at_the_end_of_the_mailing_the_site_is_just_below_its_capacity() -> None:
    # Arrivals 4 + 15,300 / 3,600 × Φ((ln 3600 - ln 10080) / 2.44) = 5.43 a second; 706 sessions if they were steady,
    # 25 / 130 requests each, and 216,000 / 3,600 = 60 hits of link scanners: at most 195.8 of 200 requests a second.
    found, _ = golden("load-overlap")
    there = (found.seconds > 3000) & (found.seconds <= 3600)
    assert 194.5 < found.requests[there].max() < 195.8


@pytest.mark.parametrize("window_s", [60.0, 900.0, 7200.0])
@pytest.mark.parametrize("mean_s", [30.0, 1800.0])
def test_the_peak_of_exponential_answers_is_the_closed_form(window_s: float, mean_s: float) -> None:
    found = forecast([wave(window_s=window_s, delay=Exponential(mean_s))], replace(SHOP, usual_visits_per_min=0))
    assert found.peak_arrivals_per_s == pytest.approx(6800 * (1 - exp(-window_s / mean_s)) / window_s, rel=0.01)


def test_the_peak_of_lognormal_answers_to_a_short_sending_is_the_density_at_its_mode() -> None:
    spot = Wave("spot", "tv", 2_500_000, 0.0005, NINE, 1.0, Lognormal(80, 0.61))
    found = forecast([spot], replace(SHOP, usual_visits_per_min=0))
    density = exp(0.61**2 / 2) / (80 * 0.61 * (2 * np.pi) ** 0.5)
    assert found.peak_arrivals_per_s == pytest.approx(1250 * density, rel=0.01)


@pytest.mark.parametrize("delay", [Exponential(20), Lognormal(30, 0.5), Spike(60)], ids=["exponential", "log", "spike"])
def test_a_long_steady_sending_fills_the_site_by_littles_law(delay: Delay) -> None:
    found = forecast([wave(window_s=14_400, delay=delay)], replace(SHOP, usual_visits_per_min=0))
    assert found.peak_sessions == pytest.approx(6800 / 14_400 * 130, rel=0.01)


@pytest.mark.parametrize(
    "delay", [Exponential(300), Lognormal(80, 0.61), Spike(600)], ids=["exponential", "log", "spike"]
)
def test_everybody_arrives_once(delay: Delay) -> None:
    sent = wave(delay=delay)
    looked = np.sort(sent.moments())
    assert np.trapezoid(sent.arrivals(looked), looked) == pytest.approx(6800, rel=0.005)


def test_visitors_of_several_campaigns_add_up() -> None:
    quiet = replace(SHOP, usual_visits_per_min=0)
    first, second = wave(), wave(delay=Lognormal(600, 1), start=NINE + timedelta(minutes=10))
    both = forecast([first, second], quiet)
    parts = [forecast([one], quiet) for one in (first, second)]
    for part in parts:
        lead = (part.origin - both.origin).total_seconds()
        part_at = np.interp(both.seconds, part.seconds + lead, part.sessions, left=0, right=0)
        both.sessions[:] -= part_at
    middle = both.seconds < 7200
    assert np.abs(both.sessions[middle]).max() < 2


def test_before_the_first_wave_the_site_is_as_usual() -> None:
    assert forecast([wave()], SHOP).sessions[0] == pytest.approx(130)


def test_after_the_last_visitor_it_is_as_usual_again() -> None:
    found = forecast([wave(delay=Lognormal(80, 0.61))], SHOP)
    assert found.sessions[-1] == pytest.approx(130, rel=0.01)


def test_scanners_bring_requests_but_no_visits() -> None:
    scanned = replace(wave(), scanner=Scanner(0.03, 8, Exponential(20)))
    with_them, without = forecast([scanned], SHOP), forecast([wave()], SHOP)
    assert with_them.peak_sessions == pytest.approx(without.peak_sessions)
    assert with_them.peak_requests_per_s == pytest.approx(without.peak_requests_per_s + 96_000 / 900, rel=0.02)


@pytest.mark.parametrize(
    ("capacity", "verdict"), [(200, Verdict.GO), (100, Verdict.GO_WITH_CONDITIONS), (50, Verdict.NO_GO)]
)
def test_the_verdict_uses_the_headroom(capacity: float, verdict: Verdict) -> None:
    assert forecast([wave()], replace(SHOP, capacity_requests_per_s=capacity)).verdict is verdict


def test_the_smallest_window_fits_and_a_minute_less_does_not() -> None:
    found = smallest_window(wave(), SHOP)
    assert found is not None
    seconds = found.total_seconds()
    assert forecast([wave(window_s=seconds)], SHOP).verdict is Verdict.GO
    assert forecast([wave(window_s=seconds - 60)], SHOP).verdict is not Verdict.GO


def test_no_window_fits_a_site_that_is_too_small() -> None:
    assert smallest_window(wave(), replace(SHOP, capacity_requests_per_s=20)) is None


def test_another_campaign_of_the_hour_needs_a_longer_window() -> None:
    alone, crowded = smallest_window(wave(), SHOP), smallest_window(wave(), SHOP, [wave(audience=100_000)])
    assert alone is not None
    assert crowded is not None
    assert crowded > alone


BAD = [
    ({"window_s": 0}, "window above zero"),
    ({"response": 1.7}, "2 % is 0.02"),
    ({"audience": -1}, "audience"),
    ({"audience": 10**12}, "audience"),
    ({"start": datetime(2026, 3, 2)}, "time zone"),  # noqa: DTZ001 - without one on purpose
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_a_wave_that_cannot_be_is_refused_in_words(change: dict[str, object], words: str) -> None:
    fields = {"campaign": "a", "channel": "sms", "audience": 1, "response": 0.1, "start": NINE, "window_s": 1.0}
    with pytest.raises(Invalid, match=words):
        Wave(**{**fields, "delay": Exponential(1), **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["capacity_requests_per_s", "session_s", "headroom", "pages_per_visit"])
def test_a_site_of_nothing_is_refused(field: str) -> None:
    with pytest.raises(Invalid, match=field):
        replace(SHOP, **{field: 0})  # type: ignore[arg-type]


def test_no_wave_is_refused() -> None:
    with pytest.raises(Invalid, match="at least one"):
        forecast([], SHOP)
