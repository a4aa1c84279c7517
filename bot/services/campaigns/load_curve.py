"""The picture of a forecast: requests over time against capacity and headroom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from bot.charts import Curve, Level, Series
from bot.domain.load import Forecast, Site
from bot.domain.sites import UNMEASURED

POINTS = 400
_LEAD_S, _SHORTEST_S, _LONGEST_S = 900.0, 3600.0, 172_800.0
_QUIET = 0.1  # of the rise: below it the curve is left


def load_curve(site: Site, found: Forecast, parts: Mapping[str, Forecast] | None = None) -> Curve:
    """The curve of all campaigns, and of each alone where `parts` (by name) gives several."""
    begin, end = _span(found)
    series = [Series("All together" if parts else "Requests", _points(found, begin, end))]
    series += [Series(name, _points(part, begin, end)) for name, part in (parts or {}).items()]
    peak = f"the peak is {found.peak_requests_per_s:.0f} requests a second at {found.peak_at:%d %b %H:%M}"
    return Curve(
        title=f"{site.name}: requests a second",
        alt=f"Load on {site.name}: {peak}; {_taken(site)}.",
        unit="requests a second",
        series=tuple(series),
        levels=_levels(site),
    )


def _taken(site: Site) -> str:
    if site.capacity_requests_per_s >= UNMEASURED:
        return "nobody measured what the site takes"
    return f"the site takes {site.capacity_requests_per_s:.0f}, of which {site.limit_requests_per_s:.0f} should be used"


def _levels(site: Site) -> tuple[Level, ...]:
    if site.capacity_requests_per_s >= UNMEASURED:
        return ()
    return (
        Level(f"capacity {site.capacity_requests_per_s:.0f}", site.capacity_requests_per_s, hard=True),
        Level(f"{site.limit_requests_per_s:.0f} with headroom", site.limit_requests_per_s),
    )


def _span(found: Forecast) -> tuple[datetime, datetime]:
    """From a little before the first wave until it is quiet again, an hour to two days."""
    usual = float(found.requests[0])
    busy = found.seconds[found.requests > usual + _QUIET * (found.peak_requests_per_s - usual)]
    until = float(np.clip(busy.max() * 1.1 if busy.size else 0.0, _SHORTEST_S, _LONGEST_S))
    return found.origin - timedelta(seconds=_LEAD_S), found.origin + timedelta(seconds=until)


def _points(found: Forecast, begin: datetime, end: datetime) -> tuple[tuple[datetime, float], ...]:
    """Evenly spaced points and the peak itself; before the first wave the usual."""
    first, last = ((at - found.origin).total_seconds() for at in (begin, end))
    top = float(found.seconds[int(found.requests.argmax())])
    looked = np.unique(np.append(np.linspace(first, last, POINTS), top if first < top < last else first))
    heights = np.interp(looked, found.seconds, found.requests)
    return tuple(
        (found.origin + timedelta(seconds=float(at)), float(height)) for at, height in zip(looked, heights, strict=True)
    )
