"""How people answer through each channel of a campaign: the figures a forecast begins with, each with where it is from.

Grades: S stated by a source, D derived from such figures, A assumed because no source was found. All can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import log

from bot.domain.errors import NotFound
from bot.domain.load import Delay, Exponential, Lognormal, Scanner, Spike, Wave

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
EMAIL_DELAY = Lognormal(168 * MINUTE, 2.44)
FOUR_HOURS = Exponential(4 * HOUR / log(2))  # a half-life of four hours
AT_ONCE = Exponential(MINUTE)  # the platform spreads the audience over the window, people answer as they see it


@dataclass(frozen=True, slots=True)
class CampaignChannel:
    """A channel. `response` visits per head of the audience (0 to 1), with a low and a high case; `per_minute` heads
    reached a minute, or `window_s` for what is spread over a while; `audience` says who is counted. `conversion` is
    orders per visit (0 to 1).
    """

    key: str
    name: str
    audience: str
    response: float
    low: float
    high: float
    delay: Delay
    source: str
    grade: str
    per_minute: float | None = None
    window_s: float = MINUTE
    scanner: Scanner | None = None
    asks: str = ""
    conversion: float = 0.02
    conversion_source: str = "2 to 3 %, linkjolt.io 2025 for affiliate visits; assumed elsewhere"

    def window_for(self, audience: int) -> float:
        """Seconds of sending for an audience, from a minute to a week."""
        return min(max(MINUTE, audience / self.per_minute * MINUTE), 7 * DAY) if self.per_minute else self.window_s

    def wave(
        self, campaign: str, audience: int, start: datetime, *,
        response: float | None = None, window_s: float | None = None,
    ) -> Wave:  # fmt: skip
        """A wave of this channel, with its defaults where nothing better is known. Raises Invalid as Wave does."""
        return Wave(
            campaign=campaign,
            channel=self.key,
            audience=audience,
            response=self.response if response is None else response,
            start=start,
            window_s=self.window_for(audience) if window_s is None else window_s,
            delay=self.delay,
            scanner=self.scanner,
        )


_SCANNED = Scanner(0.03, 8, Exponential(20))
_SCANNED_B2B = Scanner(0.15, 8, Exponential(20))
_BOTS = "Are clicks of security scanners in your rate, or taken out?"

CHANNELS = (
    CampaignChannel(
        "email", "E-mail", "recipients", 0.017, 0.010, 0.030, EMAIL_DELAY,
        "clicks: trypropel.ai 2026; delay fitted to GetResponse 2019-22; speed: suped.com 2025",
        "S/D", per_minute=10_000, scanner=_SCANNED, asks=_BOTS, conversion=0.094,
        conversion_source="0.16 % orders of 1.7 % clicks: trypropel.ai 2026",
    ),
    CampaignChannel(
        "email_b2b", "E-mail to companies", "recipients", 0.025, 0.020, 0.050, EMAIL_DELAY,
        "mopsreport.com glossary; scanners 15 % assumed", "S/A", per_minute=10_000, scanner=_SCANNED_B2B, asks=_BOTS,
    ),
    CampaignChannel(
        "sms", "SMS", "recipients", 0.06, 0.04, 0.12, Lognormal(24 * MINUTE, 1.8),
        "Klaviyo SMS benchmarks 2026; Dynmark 2013 via tatango.com; speed: AWS message parts a second", "S/D",
        per_minute=6_000, conversion=0.13, conversion_source="0.8 % orders of 6 % clicks: Klaviyo 2026",
    ),
    CampaignChannel(
        "push", "Push in the app", "devices", 0.02, 0.013, 0.05, Lognormal(30 * MINUTE, 2.0),
        "moengage.com 2019-24; delay on the safe side", "S/A", per_minute=300_000,
    ),
    CampaignChannel(
        "web_push", "Push in the browser", "devices", 0.03, 0.01, 0.12, Lognormal(30 * MINUTE, 2.0),
        "reachbell.com 2026; 3 % assumed", "A", per_minute=300_000,
    ),
    CampaignChannel(
        "paid_social", "Paid social", "impressions", 0.015, 0.009, 0.022, AT_ONCE,
        "WordStream and Triple Whale via zeely.ai 2026", "S", window_s=DAY,
    ),
    CampaignChannel(
        "search", "Search ads", "impressions", 0.065, 0.048, 0.10, AT_ONCE, "WordStream 2025 via franetic.com", "S",
        window_s=DAY,
    ),
    CampaignChannel(
        "display", "Display ads", "impressions", 0.001, 0.0005, 0.0027, AT_ONCE, "cwire.com 2025", "S", window_s=DAY
    ),
    CampaignChannel(
        "tv", "TV spot", "viewers", 0.0005, 0.0005, 0.003, Lognormal(80, 0.61),
        "rate assumed; delay: Radiocentre Ireland 2023 and SSRN 3037734", "A/D", window_s=30,
    ),
    CampaignChannel(
        "radio", "Radio spot", "listeners", 0.0002, 0.0001, 0.0005, Exponential(19 * HOUR),
        "rate assumed; delay: Radiocentre via i-crafters.com", "A/S", window_s=30,
    ),
    CampaignChannel(
        "influencer", "Influencer", "viewers", 0.03, 0.015, 0.06, FOUR_HOURS,
        "creatorlanehq.com 2026; viewers are about 7 % of followers", "S/A", asks="Are these followers or viewers?",
    ),
    CampaignChannel(
        "social", "Own social post", "reach", 0.015, 0.01, 0.03, FOUR_HOURS, "creatorlanehq.com 2026", "S/A"
    ),
    CampaignChannel(
        "live", "Live stream", "viewers", 0.10, 0.05, 0.30, Spike(10 * MINUTE),
        "10 % assumed; best cases McKinsey 2021", "A",
    ),
    CampaignChannel(
        "webcast", "Webinar or webcast", "registrants", 0.40, 0.30, 0.45, Spike(10 * MINUTE),
        "roi4presenter.com 2021, spotler.com 2020; 70 % within five minutes of the start assumed", "S/A",
    ),
    CampaignChannel(
        "press", "Press", "visits expected", 1.0, 0.5, 1.0, FOUR_HOURS,
        "about 5,000 for one story: news.ycombinator 2008", "A", window_s=2 * HOUR,
    ),
    CampaignChannel(
        "affiliate", "Affiliate and deal sites", "page views", 0.01, 0.005, 0.02, AT_ONCE, "assumed", "A", window_s=DAY
    ),
    CampaignChannel(
        "out_of_home", "Out of home", "contacts", 0.0002, 0.0001, 0.0005, AT_ONCE, "assumed", "A", window_s=7 * DAY
    ),
    CampaignChannel(
        "direct_mail", "Direct mail", "pieces", 0.02, 0.01, 0.04, Exponential(4 * DAY),
        "visits assumed from response rates: ANA 2026 via qrstats.io", "A", window_s=DAY,
    ),
)  # fmt: skip


def channel(key: str) -> CampaignChannel:
    """The channel of a key. Raises NotFound with those there are."""
    found = next((one for one in CHANNELS if one.key == key), None)
    if found is None:
        raise NotFound(f"There is no channel “{key[:40]}”. There are: {', '.join(one.key for one in CHANNELS)}.")
    return found
