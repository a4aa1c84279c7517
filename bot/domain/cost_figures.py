"""The figures a cost is reckoned from: three points each, with their unit and where they come from.

They stand in the policy and can be changed for one tool. People write them as `6,000 / 15,000 / 30,000`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from bot.domain.cost import Book, Spread
from bot.domain.errors import Invalid
from bot.domain.money import MOST, money_of

POINTS = 3
PERCENT = Decimal(100)
MOST_SHARE = Decimal(10)
KEYS = frozenset(
    "uplift sso support partner_light partner_standard partner_platform move_small move_medium move_large "
    "customisation native_days native_run middleware_days middleware_run custom core upkeep training_hours training "
    "review_hours contract_hours change project admin_light admin_standard admin_platform admin_user_light "
    "admin_user_standard admin_user_platform contingency contingency_built exit_licence exit_move".split()
)
_NUMBER = re.compile(r"^-?\d{1,6}(?:[.,]\d{1,2})?$")


class Unit(StrEnum):
    """What a figure counts. `SHARE` is a part of something, 0.07 for 7 %."""

    MONEY = "money"
    DAYS = "days"
    HOURS = "hours"
    SHARE = "share"


UNIT_WORDS = {Unit.MONEY: "", Unit.DAYS: " days", Unit.HOURS: " hours", Unit.SHARE: " %"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, its three points, its unit, how it is booked, its source."""

    name: str
    spread: Spread
    unit: Unit = Unit.MONEY
    book: Book = Book.OPEX
    source: str = ""

    def with_points(self, spread: Spread) -> Figure:
        """The same figure with points that somebody gave for one tool."""
        return replace(self, spread=spread, source="given for this tool")


Figures = Mapping[str, Figure]


def spread_of(words: str, unit: Unit, currency: str, field: str = "") -> Spread:
    """The three points in `6,000 / 15,000 / 30,000`; one alone stands for all three. Raises Invalid at `field`."""
    parts = [part.strip() for part in words.replace("%", "").split("/")]
    if len(parts) not in (1, POINTS) or not all(parts):
        raise Invalid("Write it as low / likely / high, for example 10 / 20 / 40.", field)
    points = [_point(part, unit, currency, field) for part in parts]
    low, likely, high = points if len(points) == POINTS else points * POINTS
    try:
        return Spread(low, likely, high)
    except Invalid:
        raise Invalid("The three must rise: low / likely / high.", field) from None


def spread_words(spread: Spread, unit: Unit) -> str:
    """The points as people write them: `6,000 / 15,000 / 30,000`; one where all are the same."""
    points = (spread.optimistic, spread.likely, spread.pessimistic)
    shown = [plain_words(point * PERCENT if unit is Unit.SHARE else point) for point in points]
    return shown[0] if len(set(shown)) == 1 else " / ".join(shown)


def number_of(words: str, least: int, most: int, field: str = "") -> Decimal:
    """A number from `least` to `most`, with a point or a comma before at most two places. Raises Invalid at `field`."""
    plain = words.replace("%", "").strip()
    number = Decimal(plain.replace(",", ".")) if _NUMBER.match(plain) and plain.isascii() else None
    if number is None or not least <= number <= most:
        raise Invalid(f"“{words.strip()[:40]}” doesn't fit here: give a number from {least:,} to {most:,}.", field)
    return number


def plain_words(number: Decimal) -> str:
    """A number without idle zeros: `1,200`, `7.5`."""
    whole = number == number.to_integral_value()
    return f"{number:,.0f}" if whole else f"{number:,.2f}".rstrip("0")


def _point(words: str, unit: Unit, currency: str, field: str) -> Decimal:
    if unit is Unit.MONEY:
        return money_of(words, currency, field).amount
    if unit is Unit.SHARE:
        return number_of(words, 0, int(MOST_SHARE * PERCENT), field) / PERCENT
    return number_of(words, 0, min(int(MOST), 10_000), field)
