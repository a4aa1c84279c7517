"""An overload as a look back tells it: a campaign that asked for more than the site takes, and what that cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.campaign import Campaign
from bot.domain.campaign_days import Seen
from bot.domain.capacity import Capacity, latest
from bot.domain.money import Money
from bot.domain.sharpening import orders_lost
from bot.domain.sites import KnownSite


@dataclass(frozen=True, slots=True)
class Overload:
    """One overload. `peak` and `capacity` in requests a second, None where nobody saw or measured it; `orders` lost,
    counted by people or worked out from the peak (`is_counted`), None where neither can be; `order_value` of one.
    """

    peak: float | None
    capacity: float | None
    orders: int | None
    is_counted: bool
    order_value: Money | None

    @property
    def cost(self) -> Money | None:
        """Orders lost times what an order brings; None where either is not known."""
        if self.orders is None or self.order_value is None:
            return None
        return Money(self.order_value.amount * Decimal(self.orders), self.order_value.currency)


def overload_of(
    campaign: Campaign, others: Sequence[Campaign], site: KnownSite | None, records: Iterable[Capacity], seen: Seen
) -> Overload | None:
    """The overload a look back tells: a peak above what the site was known to take on that day, or orders lost."""
    peak, orders = seen.peak_requests_per_s, seen.orders_lost
    record = _known_then(campaign, site, records)
    capacity = site.rate(record) if site and record else None
    is_over = peak is not None and capacity is not None and peak > capacity
    if not is_over and not orders:
        return None
    if orders is None and site is not None and peak is not None:
        found = orders_lost(campaign, others, site.with_capacity(record), peak)
        return Overload(peak, capacity, None if found is None else round(found), False, campaign.order_value)
    return Overload(peak, capacity, orders, True, campaign.order_value)


def total_cost(found: Iterable[Overload]) -> tuple[Money, ...]:
    """What all of them cost, by currency: nothing is converted."""
    sums: dict[str, Decimal] = {}
    for cost in filter(None, (one.cost for one in found)):
        sums[cost.currency] = sums.get(cost.currency, Decimal(0)) + cost.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))


def _known_then(campaign: Campaign, site: KnownSite | None, records: Iterable[Capacity]) -> Capacity | None:
    day = campaign.start.date()
    return latest((one for one in records if one.measured_on <= day), site.host, day) if site else None
