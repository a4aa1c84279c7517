"""How look backs sharpen what is usual for a channel.

The rule. A campaign through one channel that has been looked back on teaches how many times what the shipped figures
reckon with did come:

    ratio = (peak seen - rest) / (peak the shipped figures give this campaign alone - usual traffic)

in requests a second, where the rest is the site's usual traffic and what other campaigns bring at that moment. A ratio
counts as no less than a third and no more than three: beyond that something else was going on. Where the rest is
reckoned to be more than the campaign's own part, the peak was not its own and teaches nothing. What is usual is then

    shipped response x (K + sum of the ratios) / (K + n),    K = 3

over the last `LAST` look backs (n of them) given before the campaign starts: the mean of the ratios, held by the
shipped figure as if three campaigns had gone just as it says, so that one odd campaign moves it by a quarter of its
error (the posterior mean of a normal mean with a prior worth K observations). The clicks of link scanners are scaled
alike, for a peak does not tell them from visitors. A ratio is of the shipped figure, never of a sharpened one, and
there is one a ticket: nothing is compounded, and a corrected look back takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.campaign import Campaign
from bot.domain.channels import CampaignChannel, channel
from bot.domain.load import Scanner, Site, Wave, forecast
from bot.domain.readiness import Readiness

K = 3
LAST = 10
LEAST_RATIO, MOST_RATIO = 1 / 3, 3.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one look back teaches of a channel: its ticket, the channel's key, the ratio, and when it was given."""

    number: int
    channel: str
    ratio: float
    at: datetime


def lessons_in(answers: Iterable[Readiness]) -> tuple[Lesson, ...]:
    """What the look backs among some answers teach, oldest first."""
    found = (
        Lesson(one.number, one.seen.channel, one.seen.ratio, one.seen.at)
        for one in answers
        if one.seen is not None and one.seen.ratio is not None
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.number)))


def sharpen(campaign: Campaign, lessons: Sequence[Lesson]) -> Campaign:
    """The campaign with what is usual for its channels as was learned before it starts; what was typed stays."""
    known = [one for one in lessons if one.at < campaign.start and one.number != campaign.number]
    first = campaign.main if campaign.response is not None else sharpened(campaign.main, known)
    channels = (first, *(sharpened(one, known) for one in campaign.channels[1:]))
    return campaign if channels == campaign.channels else replace(campaign, channels=channels)


def sharpened(usual: CampaignChannel, lessons: Sequence[Lesson]) -> CampaignChannel:
    """A shipped channel as the last of these lessons on it have it, which its source says."""
    mine = [one.ratio for one in lessons if one.channel == usual.key][-LAST:]
    if not mine:
        return usual
    times = (K + sum(min(max(one, LEAST_RATIO), MOST_RATIO) for one in mine)) / (K + len(mine))
    source = f"{_campaigns(usual, len(mine))}; shipped: {usual.response * 100:.3g} %, {usual.source}"
    scanner = _times(usual.scanner, times)
    return replace(usual, response=min(1.0, usual.response * times), scanner=scanner, source=source, grade="D")


def ratio_seen(campaign: Campaign, others: Sequence[Campaign], site: Site, peak: float) -> float | None:
    """How many times what the shipped figures reckon with came, by the `peak` seen (requests a second).

    None where that can't be told: several channels, or a peak that was not its own.
    """
    if len(campaign.channels) > 1:
        return None
    usual = replace(campaign, channels=(channel(campaign.main.key),), response=None)
    times = times_as_many(usual.waves(), _waves(others), site, peak)
    return None if times is None else min(max(times, LEAST_RATIO), MOST_RATIO)


def times_as_many(own: Sequence[Wave], others: Sequence[Wave], site: Site, peak: float) -> float | None:
    """The ratio of the rule for the waves of a campaign, never negative; None where the peak was not its own."""
    usual = site.usual_visits_per_min / 60 * site.session_s * site.requests_per_session_s
    alone = forecast(own, site)
    rest = forecast(others, site).requests_at(alone.peak_at) if others else usual
    reckoned = alone.peak_requests_per_s - usual
    return max(0.0, (peak - rest) / reckoned) if reckoned > rest else None


def orders_lost(campaign: Campaign, others: Sequence[Campaign], site: Site, peak: float) -> float | None:
    """About how many orders were lost at the `peak` seen: its waves so many times as large, over the site's capacity.

    None where that can't be told.
    """
    own, beside = campaign.waves(), _waves(others)
    times = times_as_many(own, beside, site, peak)
    if times is None:
        return None
    came = [replace(one, response=min(1.0, one.response * times), scanner=_times(one.scanner, times)) for one in own]
    return forecast([*came, *beside], site).lost_orders(campaign.orders_per_visit)


def _waves(campaigns: Sequence[Campaign]) -> list[Wave]:
    return [wave for one in campaigns for wave in one.waves()]


def _times(scanner: Scanner | None, times: float) -> Scanner | None:
    return replace(scanner, share=min(1.0, scanner.share * times)) if scanner else None


def _campaigns(usual: CampaignChannel, count: int) -> str:
    """`your last 3 e-mail campaigns`."""
    first, *rest = usual.name.split()
    name = " ".join([first if first.isupper() else first.lower(), *rest])
    return f"your last {count} {name} campaigns" if count > 1 else f"your last {name} campaign"
