"""What a tool costs: PERT sums, shares, growth, drivers and break-even."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.cost import Basis, Book, Case, Component, Owned, Quote, Spread, deviation, estimate
from bot.domain.errors import Invalid
from bot.files import cost_case

CASES = Path(__file__).parents[1] / "cases"
MEANS = (98054.45, 16250, 16000, 45000, 25500, 20833.33, 4333.33, 28000, 12802.08, 10241.67)
BOOK = ((12, 24, 45), (5, 12, 30), (4, 6, 10), (6, 9, 16))  # three points of four tasks, from a textbook example


def spread(*points: float) -> Spread:
    optimistic, likely, pessimistic = (Decimal(str(point)) for point in points)
    return Spread(optimistic, likely, pessimistic)


def case(*components: Component, owned: Owned | None = None, quote: Quote | None = None) -> Case:
    return Case("EUR", 3, quote or Quote(Decimal(1000)), components, owned=owned)


def test_the_standard_tool_costs_what_was_computed_apart() -> None:
    found = estimate(cost_case.read((CASES / "cost-standard.yaml").read_text()))
    assert float(found.expected) == pytest.approx(277014.87, rel=1e-4)
    assert float(found.deviation) == pytest.approx(26512.21, rel=1e-4)
    assert (float(found.low), float(found.high)) == pytest.approx((243036.82, 310992.92), rel=1e-4)
    assert float(found.quote_total) == 95_000
    assert found.multiple is not None
    assert float(found.multiple) == pytest.approx(2.916, rel=1e-3)
    assert [float(line.mean) for line in found.lines] == pytest.approx(MEANS, rel=1e-4)


@pytest.mark.parametrize(("correlation", "expected"), [("0", 7.169), ("0.3", 9.034), ("1", 12.333)])
def test_deviations_add_up_by_their_correlation(correlation: str, expected: float) -> None:
    parts = [spread(*points).deviation for points in BOOK]
    assert float(deviation(parts, Decimal(correlation))) == pytest.approx(expected, abs=5e-4)


def test_a_share_applies_to_one_off_costs_and_never_to_the_licence() -> None:
    once = Component("build", spread(100, 100, 100))
    licence = Component("licence", spread(900, 900, 900), Basis.YEARLY)
    managed = Component("project management", spread(0.1, 0.1, 0.1), Basis.SHARE)
    assert [line.mean for line in estimate(case(once, licence, managed)).lines] == [100, 2700, 10]


def test_a_yearly_amount_grows_from_the_second_year_on() -> None:
    licence = Component("licence", spread(100, 100, 100), Basis.YEARLY, growth=Decimal("0.1"))
    assert estimate(case(licence)).expected == Decimal("331")


def test_capital_and_operating_expense_are_told_apart() -> None:
    found = estimate(case(Component("build", spread(60, 60, 60), book=Book.CAPEX), Component("fee", spread(5, 5, 5))))
    assert [found.booked(book) for book in (Book.CAPEX, Book.OPEX)] == [60, 5]


def test_the_driver_that_moves_the_total_most_comes_first_with_the_shares_it_moves() -> None:
    small = Component("small", spread(10, 11, 12))
    big = Component("big", spread(0, 100, 200))
    share = Component("share", spread(0.1, 0.1, 0.1), Basis.SHARE)
    first = estimate(case(small, big, share)).drivers[0]
    assert (first.name, first.low, first.high) == ("big", Decimal("12.1"), Decimal("232.1"))


@pytest.mark.parametrize(
    ("start_cost", "owned_per_year", "month"), [(800, 1200, 10), (800, 240, None), (600, 600, 20), (0, 240, 0)]
)
def test_it_breaks_even_when_what_it_saves_has_paid_for_its_start(
    start_cost: int, owned_per_year: int, month: int | None
) -> None:
    start = Component("start", spread(start_cost, start_cost, start_cost))
    fee = Component("fee", spread(240, 240, 240), Basis.YEARLY)
    found = estimate(case(start, fee, owned=Owned("old", Decimal(owned_per_year))))
    assert found.break_even_months == month


def test_a_quote_of_nothing_has_no_multiple() -> None:
    found = estimate(case(Component("work", spread(1, 2, 3)), quote=Quote(Decimal(0))))
    assert found.multiple is None


HEAD = "currency: EUR\nyears: 3\nquote: {licence_per_year: 1}\n"
FEE = "components: [{name: a, kind: yearly, amounts: [1, 2, 3]}]"
BAD = [
    (HEAD + "components: []", "components"),
    (HEAD.replace("3", "30") + FEE, "years"),
    (HEAD.replace("EUR", "euro") + FEE, "currency"),
    (HEAD.replace("1", "-1") + FEE, "quote.licence_per_year"),
    (HEAD + FEE.replace("1, 2, 3", "3, 2, 1"), "components[1]"),
    (HEAD + FEE.replace("1, 2, 3", "1, 2"), "components[1].amounts"),
    (HEAD + FEE.replace("kind: yearly, ", ""), "components[1]"),
    (HEAD + FEE.replace("}", ", tax: 4}"), "components[1].tax: there is no such field"),
    ("currency: EUR\nyears: 3\n" + FEE, "quote: this is missing"),
    ("currency: [EUR\nyears: 3", "not YAML in line 2"),
    ("- 1", "named fields"),
    ("", "named fields"),
]


@pytest.mark.parametrize(("text", "place"), BAD)
def test_a_broken_case_names_the_place(text: str, place: str) -> None:
    with pytest.raises(Invalid) as raised:
        cost_case.read(text)
    assert place in raised.value.words


def test_the_case_in_the_docs_can_be_reckoned() -> None:
    text = (Path(__file__).parents[2] / "docs" / "cases" / "cost.yaml").read_text()
    assert estimate(cost_case.read(text)).break_even_months is not None
