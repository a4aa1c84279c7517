"""How fast a year of campaigns is forecast, and the smallest sending window found, on one core."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.domain.load import Exponential, Lognormal, Scanner, Site, Wave, forecast, smallest_window

CAMPAIGNS, ROUNDS = 500, 5
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
AIMS = "aims: 500 campaigns ≤ 1 s, smallest window ≤ 200 ms; best of five rounds"
_MINUTES = 365 * 24 * 60
_DELAYS = (Lognormal(10_080, 2.44), Exponential(1800), Lognormal(80, 0.61), Lognormal(1440, 1.8))


def take(sizes: Sizes, tell: Callable[[str], None]) -> Report:
    """Forecast a made-up year of overlapping campaigns on one site."""
    source = random.Random(sizes.seed)
    site = Site("shop", 200, usual_visits_per_min=240)
    year = [_wave(number, source) for number in range(CAMPAIGNS)]
    tell(f"{CAMPAIGNS} campaigns")
    year_s = _best(lambda: forecast(year, site))
    tell("the smallest window")
    window_s = _best(lambda: smallest_window(year[0], site, year[1:4]))
    figures = {"year_500_s": round(year_s, 3), "smallest_window_ms": round(1000 * window_s, 1)}
    rows = [["a year of 500 campaigns", f"{year_s:.2f} s"], ["smallest window", f"{1000 * window_s:.0f} ms"]]
    return Report("load", figures, ["what", "time"], rows, notes=AIMS)


def _wave(number: int, source: random.Random) -> Wave:
    return Wave(
        campaign=f"campaign {number}",
        channel="email",
        audience=source.randint(1_000, 900_000),
        response=0.017,
        start=YEAR + timedelta(minutes=source.randrange(_MINUTES)),
        window_s=source.choice((30.0, 900.0, 3600.0, 7200.0)),
        delay=source.choice(_DELAYS),
        scanner=Scanner(0.03, 8, Exponential(20)),
    )


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)
