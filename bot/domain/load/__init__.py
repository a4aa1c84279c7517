"""The load a campaign brings to a site, against what the site was measured to take.

Arrivals are a sum of waves (`waves.py`), each sent over a window and answered after a delay (`delays.py`); visitors on
the site at once are M/G/∞ (`sessions.py`); the forecast (`forecast.py`) holds them against the capacity.
"""

from bot.domain.load.delays import Delay, Exponential, Lognormal, Spike
from bot.domain.load.forecast import Forecast, Hours, Site, Verdict, forecast, smallest_window
from bot.domain.load.waves import Scanner, Wave

__all__ = [
    "Delay",
    "Exponential",
    "Forecast",
    "Hours",
    "Lognormal",
    "Scanner",
    "Site",
    "Spike",
    "Verdict",
    "Wave",
    "forecast",
    "smallest_window",
]
