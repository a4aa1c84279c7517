"""Numbers of people, as people type them."""

import pytest

from bot.domain.amounts import amount_of
from bot.domain.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("400k", 400_000),
        ("400 K", 400_000),
        ("12,000", 12_000),
        ("12.000", 12_000),
        ("12 000", 12_000),
        ("12'000", 12_000),
        ("1,234,567", 1_234_567),
        ("1.2M", 1_200_000),
        ("1,2 Mio.", 1_200_000),
        ("1.5 million", 1_500_000),
        ("2 lakh", 200_000),
        ("3 crore", 30_000_000),
        ("50 tsd", 50_000),
        ("about 5000", 5_000),
        ("~300", 300),
        ("ca. 80", 80),
        ("  7  ", 7),
        ("0", 0),
    ],
)
def test_an_amount_is_understood_however_it_is_typed(typed: str, people: int) -> None:
    assert amount_of(typed) == people


@pytest.mark.parametrize("typed", ["", "many", "k", "-5", "12 parsecs", "1.2.3k", "5-10k", "10k 20k", "½", "🎯"])
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Invalid, match="Try 12,000 or 400k"):
        amount_of(typed)


def test_more_people_than_there_are_is_refused() -> None:
    with pytest.raises(Invalid, match="more people than there are"):
        amount_of("9000 million")


def test_a_refusal_repeats_only_the_beginning_of_a_long_entry() -> None:
    with pytest.raises(Invalid) as refused:
        amount_of("x" * 5000)
    assert len(refused.value.words) < 120
