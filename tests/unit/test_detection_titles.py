"""What a campaign is called: words that every campaign is spoken of with are no name."""

from datetime import date

import pytest

from bot.detection import entities
from bot.detection.reading import read
from bot.detection.titles import tells_apart

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "words",
    ["Kampagne", "the launch", "our new campaign", "Unsere neue Werbekampagne", "la campagne", "Mailing", "TV spot"],
)
def test_what_any_campaign_is_called_is_no_name(words: str) -> None:
    assert not tells_apart(words)


@pytest.mark.parametrize("words", ["Black Friday mailing", "Herbstkampagne", "Slow Trains launch", "campaña de otoño"])
def test_what_tells_a_campaign_from_others_is_a_name(words: str) -> None:
    assert tells_apart(words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the launch goes out on Monday to 20,000 customers", None),
        ('Our campaign "campaign" and the "Lake Days sale" start Monday', "Lake Days sale"),
        ('our campaign "Lake Days" starts Monday', "Lake Days"),
    ],
)
def test_the_rules_pass_over_names_that_any_campaign_has(text: str, name: str | None) -> None:
    assert entities.facts(read(text, DAY)).name == name
