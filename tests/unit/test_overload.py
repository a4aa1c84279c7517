"""An overload in the month's report: what a look back tells was too much, and what that cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.domain.campaign import Campaign
from bot.domain.campaign_days import Seen
from bot.domain.capacity import Capacity
from bot.domain.channels import channel
from bot.domain.money import Money
from bot.domain.overload import Overload, overload_of, total_cost
from bot.domain.sites import KnownSite
from bot.messages import ThreadLink
from tests.builders import MARKETER, MARKETING, an_office
from tests.support.campaigns import SMS, XMAS, measure, plan

START = datetime(2026, 12, 12, 10, tzinfo=UTC)
XMAS_MAIL = Campaign(1, "Xmas", START, (channel("email"),), 400_000, order_value=Money(Decimal(45), "EUR"))
SITE = KnownSite("shop.example", usual_visits_per_min=60)
RECORDS = [
    Capacity("shop.example", 100, date(2026, 11, 1), "U1", "k6", date(2027, 1, 31)),
    Capacity("shop.example", 500, date(2026, 12, 20), "U1", "k6, scaled up since", date(2027, 6, 30)),
]


@pytest.mark.parametrize(
    ("peak", "lost", "expected"),
    [
        (143, 120, (100, 120, True, "5,400 EUR")),
        (None, 3, (100, 3, True, "135 EUR")),
        (143, 0, (100, 0, True, "0 EUR")),
        (200, None, (100, 251, False, "11,295 EUR")),
        (99, None, None),
        (99, 0, None),
    ],
)
def test_an_overload_is_a_peak_above_the_capacity_of_that_day_or_orders_lost(
    peak: float | None, lost: int | None, expected: tuple[float, int, bool, str] | None
) -> None:
    found = overload_of(XMAS_MAIL, (), SITE, RECORDS, Seen("U1", START, peak, incomplete=1, orders_lost=lost))
    assert (found and (found.capacity, found.orders, found.is_counted, str(found.cost))) == expected


def test_costs_are_added_by_currency_and_what_is_unknown_costs_nothing_it_knows_of() -> None:
    one = Overload(143, 100, 2, True, Money(Decimal(10), "EUR"))
    others = [replace(one, order_value=value) for value in (Money(Decimal(5), "USD"), None)]
    assert [str(cost) for cost in total_cost([one, one, *others])] == ["40 EUR", "10 USD"]
    assert overload_of(XMAS_MAIL, (), None, (), Seen("U1", START, 900)) is None


@pytest.mark.parametrize("report", ["calendar report december", "sla report december"])
def test_the_months_report_tells_it_with_its_ticket(report: str) -> None:
    office = an_office()
    measure(office, 100)
    plan(office, {**XMAS, "order_value": "45 EUR"})
    plan(office, SMS)
    office.clock.at = datetime(2026, 12, 14, 10, tzinfo=UTC)
    office.submits(MARKETER, "look_back", {"peak": "143", "orders_lost": "120"}, ticket="IT-1")
    office.submits(MARKETER, "look_back", {"peak": "60"}, ticket="IT-2")
    office.types(MARKETER, report)
    assert (
        "Overloads: 1, about 5,400 EUR lost\n"
        "🔥 IT-1 Xmas: 143 requests a second, the site takes 100; 120 orders lost × 45 EUR = 5,400 EUR"
    ) in office.whispers(MARKETER)[-1]
    card = next(one.card for one in reversed(office.chat.said) if one.only_for == MARKETER)
    (section,) = [one for one in card.sections if one.title.startswith("Overloads")]
    assert [span.conversation for span in section.lines[0].text if isinstance(span, ThreadLink)] == [MARKETING]
