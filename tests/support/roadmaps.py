"""Road maps for tests: items with only what a test cares about given, and made-up ones of any size."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.domain.people import Side
from bot.domain.quarters import Quarter
from bot.domain.roadmap import Confidence, Item, ItemStatus, Limit, Measure, RoadMap, Scoring, Spend

TODAY = date(2026, 11, 23)
SPONSORS = {Side.MARKETING: "@cmo", Side.IT: "@cio"}


def an_item(number: int, starts: int = 0, days: int = 10, **given: Any) -> Item:
    """`RM-<number>`, planned, from so many days after today on, for some days."""
    start = TODAY + timedelta(days=starts)
    plain: dict[str, Any] = {"need": f"Need {number}", "status": ItemStatus.PLANNED, "sponsors": SPONSORS}
    return Item(f"RM-{number}", start=start, end=start + timedelta(days=days - 1), **(plain | given))


def a_road_map(*items: Item, **given: Any) -> RoadMap:
    return RoadMap(**given).put(*items)


FULL = Item(
    "RM-7",
    "Customers find what they look for <!here>",
    date(2027, 1, 11),
    date(2027, 3, 31),
    outcome="More orders from search",
    measure=Measure("orders a month", "120", "200", date(2027, 6, 30)),
    technology="Searchly",
    rank=2,
    scoring=Scoring(5, 3, 2, 4),
    needs=("RM-3",),
    owners={Side.MARKETING: "@marketer", Side.IT: "@liaison"},
    sponsors=SPONSORS,
    team="Web",
    serves=(12, 15),
    spend=(Spend(Quarter(2027, 1), Decimal("10000.50"), Decimal(500)), Spend(Quarter(2027, 2), opex=Decimal(500))),
    status=ItemStatus.IN_PROGRESS,
    confidence=Confidence.LOW,
)
FULL_MAP = RoadMap(
    (an_item(3, -20, 40, team="Data"), FULL), (Limit(Quarter(2027, 1), Decimal("10000.25")),), "EUR", next_number=8
)


def a_random_map(source: random.Random, items: int, needs: int) -> RoadMap:
    """So many items over two years; each may need earlier numbers only, so that there is no cycle."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < min(needs, items * (items - 1) // 2):
        one, other = sorted(source.sample(range(1, items + 1), 2))
        pairs.add((one, other))
    waits: dict[int, list[str]] = {}
    for one, other in sorted(pairs):
        waits.setdefault(other, []).append(f"RM-{one}")
    statuses = [ItemStatus.PLANNED, ItemStatus.PROPOSED, ItemStatus.IN_PROGRESS, ItemStatus.DONE, ItemStatus.DROPPED]
    return a_road_map(
        *(
            an_item(
                number,
                source.randrange(-30, 600),
                source.randrange(1, 90),
                needs=tuple(waits.get(number, ())),
                status=source.choices(statuses, (6, 3, 1, 1, 1))[0],
            )
            for number in range(1, items + 1)
        )
    )
