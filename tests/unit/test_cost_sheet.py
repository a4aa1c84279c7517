"""What goes into the cost of a tool, and what it is made of."""

from decimal import Decimal

import pytest

from bot.domain.cost import Book, Spread, estimate
from bot.domain.cost_figures import KEYS, Unit, number_of, spread_of, spread_words
from bot.domain.cost_sheet import CostSheet, Inputs, Part, Records, Size, by_part, case_of, own_time, size_of
from bot.domain.errors import Invalid
from tests.support.policies import draft_policy
from tests.support.samples import NOW

LIGHT = Inputs(Decimal(6000), users=10, size=Size.LIGHT, native=1)
USUAL = Inputs(Decimal(30000), users=20, native=1, custom=2, records=Records.SMALL)
LARGE = Inputs(
    Decimal(100000), users=60, size=Size.PLATFORM, native=2, middleware=2, custom=2, core=1, records=Records.MEDIUM
)


def test_the_policy_that_ships_has_every_figure() -> None:
    assert set(draft_policy().cost) == KEYS


@pytest.mark.parametrize(("inputs", "capex"), [(LIGHT, 0), (USUAL, 32000), (LARGE, 77000)])
def test_by_the_figures_that_ship_a_tool_costs_from_one_and_a_half_to_five_times_its_quote(
    inputs: Inputs, capex: int
) -> None:
    found = estimate(case_of(inputs, draft_policy().cost, "EUR"))
    assert found.multiple is not None
    assert Decimal("1.5") < found.multiple < 5
    assert found.booked(Book.CAPEX) == capex
    assert found.low < found.expected < found.high


def test_a_licence_grows_with_price_and_seats_and_its_low_and_high_with_their_own_growth() -> None:
    inputs = Inputs(Decimal(1000), seat_growth=Decimal(0), years=2)
    licence = estimate(case_of(inputs, draft_policy().cost, "EUR")).lines[0].spread
    points = licence.optimistic, licence.likely, licence.pessimistic
    assert [round(point, 6) for point in points] == [2030, 2070, 2120]


@pytest.mark.parametrize(("licence", "size"), [(0, "light"), (9999, "light"), (10000, "standard"), (80000, "platform")])
def test_a_tool_is_taken_for_as_large_as_its_price(licence: int, size: str) -> None:
    assert size_of(Decimal(licence)) == size


def test_what_is_not_there_costs_nothing_and_asks_for_no_figure() -> None:
    used = a_sheet(Inputs(Decimal(1000))).used
    assert not {"native_days", "custom", "upkeep", "move_small", "sso", "support", "exit_move"} & set(used)
    assert {"sso", "support"} <= set(a_sheet(Inputs(Decimal(1000), has_sso=False, has_support=False)).used)
    assert "contingency" in used
    assert "contingency_built" in a_sheet(USUAL).used


def test_the_parts_are_the_whole_and_own_time_is_told_apart() -> None:
    sheet = a_sheet(LARGE)
    found, parts = sheet.estimate, by_part(sheet, sheet.estimate)
    assert list(parts) == list(Part)
    assert sum(parts.values()) == found.expected
    assert own_time(sheet, found) == Decimal("433255")


@pytest.mark.parametrize(
    ("words", "unit", "points"),
    [
        ("6,000 / 15,000 / 30,000", Unit.MONEY, (6000, 15000, 30000)),
        ("15000", Unit.MONEY, (15000, 15000, 15000)),
        ("10 / 25 / 40 %", Unit.SHARE, ("0.1", "0.25", "0.4")),
        ("7,5 %", Unit.SHARE, ("0.075", "0.075", "0.075")),
        ("1/2.5/4", Unit.DAYS, (1, "2.5", 4)),
    ],
)
def test_three_points_are_read_as_people_write_them(words: str, unit: Unit, points: tuple[object, ...]) -> None:
    low, likely, high = (Decimal(str(point)) for point in points)
    spread = spread_of(words, unit, "EUR")
    assert spread == Spread(low, likely, high)
    assert spread_of(spread_words(spread, unit), unit, "EUR") == spread


@pytest.mark.parametrize(
    "words", ["", "a lot", "1 / 2", "3 / 2 / 1", "-1 / 2 / 3", "1 / 2 / 3 USD", "1 / / 3", "1e9 / 2 / 3", "₂ / 3 / 4"]
)
def test_points_that_make_no_sense_are_refused_at_their_field(words: str) -> None:
    with pytest.raises(Invalid) as error:
        spread_of(words, Unit.MONEY, "EUR", "money_custom")
    assert error.value.field == "money_custom"


@pytest.mark.parametrize("words", ["", "many", "-1", "101", "1e2", "NaN", "١٢"])
def test_a_number_out_of_its_range_is_refused(words: str) -> None:
    with pytest.raises(Invalid, match="from 0 to 100"):
        number_of(words, 0, 100)


def a_sheet(inputs: Inputs) -> CostSheet:
    return CostSheet("T1", 1, 1, "U1", NOW, 0, "EUR", inputs, draft_policy().cost)
