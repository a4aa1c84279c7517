"""The honest answer to "can we?": figures, systems, and what a system can't do at all."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import Invalid
from bot.domain.limits import Feasible, Limit, feasibility, figure_in

WEBCAST = Limit("Webcast platform", 10_000, "viewers at once", ("webcast", "live stream"), told_on=date(2026, 11, 2))
CRM = Limit("CRM", 500_000, "contacts", ("customer database",), cannot=("report by household",))
SHOP = Limit("Shop", 400, "orders a minute")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("a webcast to two million viewers", 2_000_000),
        ("half a million people", 500_000),
        ("400k recipients on 12 Dec 2026", 400_000),
        ("12,000 or 15.000 seats at 14:30", 15_000),
        ("2 lakh subscribers, 20 % off", 200_000),
        ("on the 24th at 9", None),
        ("in 2027", None),
        ("", None),
    ],
)
def test_the_largest_figure_counts_and_no_year_day_or_hour(question: str, figure: int | None) -> None:
    assert figure_in(question) == figure


def test_a_small_figure_counts_before_what_is_counted() -> None:
    assert figure_in("can it take 50 orders a minute by the 12th?", SHOP.unit) == 50
    assert figure_in("2026 orders", SHOP.unit) == 2026


@pytest.mark.parametrize(
    ("question", "system", "stands"),
    [
        ("Can we do a webcast for 2 million viewers?", WEBCAST, Feasible.BEYOND),
        ("live streaming to 9,000 people", WEBCAST, Feasible.TIGHT),
        ("A WEBCAST for 500 people", WEBCAST, Feasible.FITS),
        ("a webcast on 12 December", WEBCAST, Feasible.NAMED),
        ("can the CRM give us a report of customers by household?", CRM, Feasible.IMPOSSIBLE),
        ("600k contacts in the customer database", CRM, Feasible.BEYOND),
    ],
)
def test_what_is_planned_is_compared_with_what_the_system_takes(question: str, system: Limit, stands: Feasible) -> None:
    found = feasibility((CRM, WEBCAST, SHOP), question)
    assert found is not None
    assert (found.limit, found.stands) == (system, stands)


def test_exactly_what_it_takes_is_tight_and_the_multiple_is_told() -> None:
    found = feasibility((WEBCAST,), "webcast, 10,000 viewers")
    beyond = feasibility((WEBCAST,), "webcast, 2M viewers")
    assert found is not None and found.stands is Feasible.TIGHT
    assert beyond is not None and beyond.times == 200


def test_a_question_about_no_known_system_is_not_answered() -> None:
    assert feasibility((WEBCAST, CRM), "can we send 400k letters?") is None
    assert feasibility((), "webcast") is None


@pytest.mark.parametrize(("system", "most", "unit"), [("", 5, "viewers"), ("CRM", 0, "viewers"), ("CRM", 5, " ")])
def test_a_limit_of_nothing_is_refused(system: str, most: float, unit: str) -> None:
    with pytest.raises(Invalid):
        Limit(system, most, unit)
