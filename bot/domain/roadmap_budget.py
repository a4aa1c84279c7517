"""What a road map costs in each quarter, held against what may be spent there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.domain.quarters import Quarter
from bot.domain.roadmap import ItemStatus, RoadMap

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class QuarterCost:
    """The sums of one quarter; `limit` is None where nobody set one."""

    quarter: Quarter
    capex: Decimal
    opex: Decimal
    limit: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """CapEx and OpEx together."""
        return self.capex + self.opex

    @property
    def over(self) -> Decimal:
        """How much more than the limit, zero if not more."""
        return max(NOTHING, self.total - self.limit) if self.limit is not None else NOTHING


def cost_by_quarter(road_map: RoadMap) -> tuple[QuarterCost, ...]:
    """Every quarter that costs something or has a limit, in order. What was dropped costs nothing."""
    sums: dict[Quarter, tuple[Decimal, Decimal]] = dict.fromkeys(road_map.limit_of, (NOTHING, NOTHING))
    for item in road_map.items:
        for one in item.spend if item.status is not ItemStatus.DROPPED else ():
            capex, opex = sums.get(one.quarter, (NOTHING, NOTHING))
            sums[one.quarter] = (capex + one.capex, opex + one.opex)
    return tuple(QuarterCost(each, *sums[each], road_map.limit_of.get(each)) for each in sorted(sums))
