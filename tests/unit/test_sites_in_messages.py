"""What a message about a campaign says of the site: which one, and whether its reach counts visitors."""

from __future__ import annotations

import pytest

from bot.domain.campaign_words import counts_visits, site_in


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("lands on <https://shop.example/a?b=1|our page>, tell me", "shop.example/a?b=1"),
        ("ask anna@shop.example about it", ""),
        ("shop.example or www.blog.example, both", ""),
        ("go to Shop.Example/x (shop.example/y later)", "Shop.Example/x"),
        ("no address at all", ""),
    ],
)
def test_one_site_in_a_message_is_the_one_it_leads_to(text: str, site: str) -> None:
    assert site_in(text) == site


@pytest.mark.parametrize(
    ("text", "reach", "visits"),
    [
        ("we expect 50k visitors", "50k", True),
        ("20.000 Besucher am Tag", "20.000", True),
        ("50k unique visitors", "50k", True),
        ("400k recipients, visitors welcome", "400k", False),
        ("visitors: many", "", False),
    ],
)
def test_a_reach_may_count_visitors(text: str, reach: str, visits: bool) -> None:
    assert counts_visits(text, reach) is visits
