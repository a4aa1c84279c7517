"""A forecast: what waves bring to a site, and whether the site takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import isfinite

import numpy as np

from bot.domain.errors import Invalid
from bot.domain.load.delays import Floats
from bot.domain.load.sessions import at_once
from bot.domain.load.waves import Wave

Hours = tuple[datetime, datetime]  # from, to (aware)

MINUTE_S = 60
LONGEST_WINDOW_MIN = 24 * 60
_LEAVING = np.linspace(0.1, 12.0, 60)  # session lengths after the last arrival: until everybody has left


class Verdict(StrEnum):
    """What is proposed for a campaign."""

    GO = "go"
    GO_WITH_CONDITIONS = "go_with_conditions"
    NO_GO = "no_go"


@dataclass(frozen=True, slots=True)
class Site:
    """A site and what it was measured to take.

    `capacity_requests_per_s` dynamic requests a second; `headroom` the share of it (0 to 1) that is to be used at most;
    `usual_visits_per_min` visits without any campaign; a visit has `pages_per_visit` pages over `session_s` seconds on
    average, a page `dynamic_requests_per_page` requests. Raises Invalid where that can't be.
    """

    name: str
    capacity_requests_per_s: float
    headroom: float = 0.75
    usual_visits_per_min: float = 0.0
    pages_per_visit: float = 5.0
    dynamic_requests_per_page: float = 5.0
    session_s: float = 130.0

    def __post_init__(self) -> None:
        for name in ("capacity_requests_per_s", "pages_per_visit", "dynamic_requests_per_page", "session_s"):
            if not (isfinite(getattr(self, name)) and getattr(self, name) > 0):
                raise Invalid(f"{name} must be above zero.", name)
        if not 0 < self.headroom <= 1:
            raise Invalid("headroom is the share of the capacity to be used at most: above 0, up to 1.", "headroom")
        if not (isfinite(self.usual_visits_per_min) and self.usual_visits_per_min >= 0):
            raise Invalid("usual_visits_per_min can't be negative.", "usual_visits_per_min")

    @property
    def requests_per_session_s(self) -> float:
        """Requests a second of one visitor."""
        return self.pages_per_visit / self.session_s * self.dynamic_requests_per_page

    @property
    def limit_requests_per_s(self) -> float:
        """What is to be used at most: the capacity less what is kept free."""
        return self.headroom * self.capacity_requests_per_s


@dataclass(frozen=True, slots=True)
class Forecast:
    """What comes. Peaks are a second; `turned_away` visits come above what the capacity (not the headroom) admits.

    `seconds` after `origin`, `requests` and `sessions` are the curve; `strained_s` counts seconds above the headroom.
    """

    peak_arrivals_per_s: float
    peak_sessions: float
    peak_requests_per_s: float
    peak_at: datetime
    overload_s: float
    strained_s: float
    turned_away: float
    verdict: Verdict
    origin: datetime
    seconds: Floats = field(repr=False, compare=False)
    requests: Floats = field(repr=False, compare=False)
    sessions: Floats = field(repr=False, compare=False)

    def requests_at(self, at: datetime) -> float:
        """Requests a second at a moment (aware); before the curve begins and after it ends, as at its ends."""
        return float(np.interp((at - self.origin).total_seconds(), self.seconds, self.requests))

    def lost_orders(self, conversion: float) -> float:
        """Orders that the visitors turned away would have placed; `conversion` is orders per visit."""
        return self.turned_away * conversion


def forecast(campaigns: Sequence[Wave], site: Site, hours: Hours | None = None) -> Forecast:
    """The load of all waves together with the usual visits, looked at within some hours (None: all the time).

    Raises Invalid without a wave.
    """
    if not campaigns:
        raise Invalid("There is no wave to forecast: name at least one.", "waves")
    origin = min(wave.start for wave in campaigns)
    offsets = [(wave.start - origin).total_seconds() for wave in campaigns]
    looked = [off + wave.moments() for off, wave in zip(offsets, campaigns, strict=True)]
    last = max(float(moments.max()) for moments in looked)
    seconds = np.unique(np.concatenate([*looked, last + site.session_s * _LEAVING]))
    arrivals = np.full_like(seconds, site.usual_visits_per_min / MINUTE_S)
    scans = np.zeros_like(seconds)
    for off, wave in zip(offsets, campaigns, strict=True):
        during = slice(*np.searchsorted(seconds, (off, off + wave.end_s)))
        arrivals[during] += wave.arrivals(seconds[during] - off)
        scans[during] += wave.scans(seconds[during] - off)
    before = site.usual_visits_per_min / MINUTE_S * site.session_s
    sessions = at_once(seconds, arrivals, site.session_s, before)
    requests = sessions * site.requests_per_session_s + scans
    if hours is None:
        return _judged(origin, seconds, arrivals, sessions, requests, site)
    begin, end = ((at - origin).total_seconds() for at in hours)
    inside = (seconds >= begin) & (seconds <= end)
    return _judged(hours[0], seconds[inside] - begin, arrivals[inside], sessions[inside], requests[inside], site)


def smallest_window(campaign: Wave, site: Site, others: Sequence[Wave] = ()) -> timedelta | None:
    """The shortest sending window, in whole minutes up to a day, that keeps the peak within the headroom.

    None if no such window does. A longer window never raises the peak of a wave alone, so halving finds it.
    """

    def fits(minutes: int) -> bool:
        sent = replace(campaign, window_s=float(minutes * MINUTE_S))
        return forecast([sent, *others], site).peak_requests_per_s <= site.limit_requests_per_s

    least, most = 1, LONGEST_WINDOW_MIN
    if not fits(most):
        return None
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if fits(middle) else (middle + 1, most)
    return timedelta(minutes=most)


def _judged(
    origin: datetime, seconds: Floats, arrivals: Floats, sessions: Floats, requests: Floats, site: Site
) -> Forecast:
    top = int(requests.argmax())
    above = arrivals * np.maximum(0.0, 1.0 - site.capacity_requests_per_s / np.maximum(requests, 1e-12))
    return Forecast(
        peak_arrivals_per_s=float(arrivals.max()),
        peak_sessions=float(sessions.max()),
        peak_requests_per_s=float(requests[top]),
        peak_at=origin + timedelta(seconds=float(seconds[top])),
        overload_s=_time_above(seconds, requests, site.capacity_requests_per_s),
        strained_s=_time_above(seconds, requests, site.limit_requests_per_s),
        turned_away=float(np.trapezoid(above, seconds)),
        verdict=_verdict(float(requests[top]), site),
        origin=origin,
        seconds=seconds,
        requests=requests,
        sessions=sessions,
    )


def _verdict(peak_requests_per_s: float, site: Site) -> Verdict:
    if peak_requests_per_s <= site.limit_requests_per_s:
        return Verdict.GO
    within = peak_requests_per_s <= site.capacity_requests_per_s
    return Verdict.GO_WITH_CONDITIONS if within else Verdict.NO_GO


def _time_above(seconds: Floats, requests: Floats, line: float) -> float:
    """Seconds above a line, the curve running straight between its points."""
    low, high = np.minimum(requests[:-1], requests[1:]), np.maximum(requests[:-1], requests[1:])
    share = np.clip((high - line) / np.maximum(high - low, 1e-12), 0.0, 1.0)
    return float((np.diff(seconds) * np.where(low >= line, np.where(high > line, 1.0, 0.0), share)).sum())
