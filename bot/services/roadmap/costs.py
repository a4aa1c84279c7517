"""What a quarter of the road map costs, in words."""

from __future__ import annotations

from decimal import Decimal

from bot.domain.money import Money
from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_budget import QuarterCost, cost_by_quarter
from bot.messages import Line


def money(amount: Decimal, currency: str) -> str:
    """`12,000 EUR`, `99.50 EUR`."""
    return str(Money(amount, currency))


def cost_words(one: QuarterCost, currency: str) -> str:
    """`Q1 2027: 12,000 EUR (CapEx 10,000 EUR, OpEx 2,000 EUR) of 15,000 EUR`."""
    parts = f"CapEx {money(one.capex, currency)}, OpEx {money(one.opex, currency)}"
    words = f"{one.quarter.title}: {money(one.total, currency)} ({parts})"
    if one.limit is None:
        return words
    over = f", ⚠️ {money(one.over, currency)} too much" if one.over else ""
    return f"{words} of {money(one.limit, currency)}{over}"


def over_lines(road_map: RoadMap) -> tuple[Line, ...]:
    """The quarters that cost more than they may, a line each."""
    over = (one for one in cost_by_quarter(road_map) if one.over)
    return tuple(Line((cost_words(one, road_map.currency),)) for one in over)
