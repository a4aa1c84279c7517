"""The forecast against a discrete-event simulation: every click by itself."""

from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.load import Exponential, Lognormal, Site, Wave, forecast

Ints = NDArray[np.int64]
CLICKS, SEEDS, WINDOW_S, SESSION_S = 2_000_000, 20, 1800.0, 130.0
MINUTES = 240
QUIET = Site("shop", 1000, session_s=SESSION_S)


@pytest.mark.parametrize("delay", [Exponential(1800), Lognormal(1440, 1.8)], ids=["exponential", "lognormal"])
def test_arrivals_and_sessions_are_those_of_two_million_clicks(delay: Exponential | Lognormal) -> None:
    wave = Wave("mailing", "email", CLICKS, 1.0, datetime(2026, 3, 2, 9, tzinfo=UTC), WINDOW_S, delay)
    arrivals, sessions = np.zeros(MINUTES), np.zeros(MINUTES + 1)
    for seed in range(SEEDS):
        came, there = _simulated(delay, np.random.default_rng(seed))
        arrivals += came / SEEDS
        sessions += there / SEEDS
    found = forecast([wave], QUIET)
    fine = np.arange(0, MINUTES * 60 + 1, 1.0)
    expected = wave.arrivals(fine)[:-1].reshape(MINUTES, 60).sum(axis=1)
    busy = expected > 1000  # a minute of fewer clicks says little, even twenty times
    assert arrivals[busy] == pytest.approx(expected[busy], rel=0.03)
    assert found.peak_arrivals_per_s == pytest.approx(arrivals.max() / 60, rel=0.03)
    at_once = np.interp(fine[::60], found.seconds, found.sessions)
    assert at_once[1:][busy] == pytest.approx(sessions[1:][busy], rel=0.03)
    assert found.peak_sessions == pytest.approx(sessions.max(), rel=0.03)


def _simulated(delay: Exponential | Lognormal, source: np.random.Generator) -> tuple[Ints, Ints]:
    """Arrivals in each minute, and who is there at the beginning of each."""
    sent = source.uniform(0, WINDOW_S, CLICKS)
    if isinstance(delay, Exponential):
        came = sent + source.exponential(delay.mean_s, CLICKS)
    else:
        came = sent + source.lognormal(np.log(delay.median_s), delay.sigma, CLICKS)
    left = came + source.exponential(SESSION_S, CLICKS)
    per_minute, gone = (
        np.bincount((times / 60).astype(np.int64), minlength=MINUTES)[:MINUTES] for times in (came, left)
    )
    return per_minute, np.concatenate(([0], np.cumsum(per_minute - gone)))
