"""The rules of the road map: quarters, cycles, scores, horizon, budget, differences, what does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.errors import Invalid
from bot.domain.horizon import enters, far_end, near_end, quarters_between, within
from bot.domain.people import Side
from bot.domain.quarters import Quarter, read_days, read_quarter
from bot.domain.roadmap import ItemStatus, Measure, RoadMap, Scoring, Spend, order_of, suggested_order
from bot.domain.roadmap_budget import QuarterCost, cost_by_quarter
from bot.domain.roadmap_diff import differences
from bot.domain.roadmap_edition import Draft, check_submittable
from bot.domain.roadmap_review import Around, Awaited, Misfit, Standing, misalignments, review, standing
from bot.domain.roadmap_schedule import Dragged, critical_path, drags, schedule
from tests.support.roadmaps import FULL, FULL_MAP, TODAY, a_road_map, an_item

DAY = timedelta(days=1)
ALONE = Around()
Q1, Q2 = Quarter(2027, 1), Quarter(2027, 2)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("q4 2027", date(2027, 10, 1), date(2027, 12, 31)),
        ("2027 Q2", date(2027, 4, 1), date(2027, 6, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-12", date(2027, 12, 1), date(2027, 12, 31)),
        ("2027-03-15", date(2027, 3, 15), date(2027, 3, 15)),
    ],
)
def test_days_are_read_as_a_day_a_month_or_a_quarter(words: str, first: date, last: date) -> None:
    assert read_days(words) == (first, last)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2027-Q5", "There is no quarter 5"),
        ("Q0 2027", "There is no quarter 0"),
        ("2027-13", "There is no month 13"),
        ("2027-02-30", "is no day I know"),
        ("20270215", "is no day I know"),
        ("soon", "is no day I know"),
        ("1027-Q1", "The year 1027 can't be meant"),
        ("equinox", "is no quarter"),
    ],
)
def test_a_day_that_does_not_exist_is_told_in_words(words: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read_days(words)


def test_quarters_are_named_and_follow_each_other() -> None:
    assert (read_quarter("2027-q4").after.name, Q1.title, Q1.last_day) == ("2028-Q1", "Q1 2027", date(2027, 3, 31))
    assert quarters_between(date(2026, 12, 31), date(2027, 4, 1)) == (Quarter(2026, 4), Q1, Q2)


def test_an_item_ends_after_it_starts_and_does_not_need_itself() -> None:
    for given, field in (
        ({"days": 0}, "end"),
        ({"days": 5000}, "end"),
        ({"needs": ("RM-1",)}, "needs"),
        ({"need": " "}, "need"),
    ):
        with pytest.raises(Invalid) as refused:
            an_item(1, **given)
        assert refused.value.field == field


def test_a_cycle_is_refused_and_named() -> None:
    items = an_item(1, needs=("RM-3",)), an_item(2, needs=("RM-1",)), an_item(3, needs=("RM-2",)), an_item(4)
    with pytest.raises(Invalid) as refused:
        a_road_map(*items)
    circle = refused.value.words.removeprefix("These would wait for each other for ever: ").rstrip(".").split(" needs ")
    assert set(circle) == {"RM-1", "RM-2", "RM-3"}
    assert circle[0] == circle[-1]
    needs = {one.key: one.needs for one in items}
    assert all(other in needs[one] for one, other in zip(circle, circle[1:], strict=False))
    with pytest.raises(Invalid, match="RM-5 needs RM-9, which is not on the road map"):
        order_of([an_item(5, needs=("RM-9",))])


def test_a_key_is_never_given_twice_even_after_larger_ones_came_in() -> None:
    road_map = a_road_map(an_item(2), an_item(40))
    assert road_map.next_number == 41
    assert replace(road_map, items=()).put(an_item(3)).next_number == 41


@pytest.mark.parametrize(
    ("scoring", "points"),
    [(Scoring(5, 1, 1, 5), 50), (Scoring(1, 5, 5, 1), 2), (Scoring(5, 3, 2, 4), 18), (Scoring(5, 3, 2), None)],
)
def test_points_weigh_value_and_urgency_against_effort_and_risk(scoring: Scoring, points: int | None) -> None:
    assert scoring.points == points


def test_the_suggested_order_has_the_most_points_first_and_only_what_is_open() -> None:
    best, worst = Scoring(5, 1, 1, 5), Scoring(1, 5, 5, 1)
    done = an_item(4, scoring=best, status=ItemStatus.DONE)
    items = [an_item(1, scoring=worst), an_item(2), an_item(3, scoring=best), done]
    assert [one.key for one in suggested_order(items)] == ["RM-3", "RM-1"]


@pytest.mark.parametrize(
    ("today", "near", "far"),
    [
        (date(2026, 11, 23), date(2027, 10, 31), date(2028, 10, 31)),
        (date(2027, 1, 1), date(2027, 12, 31), date(2028, 12, 31)),
        (date(2027, 3, 31), date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_the_horizon_rolls_on_by_whole_months(today: date, near: date, far: date) -> None:
    assert (near_end(today), far_end(today)) == (near, far)


@pytest.mark.parametrize(
    ("starts", "days", "status", "is_in"),
    [
        (0, 5, ItemStatus.PLANNED, True),
        (-50, 5, ItemStatus.PLANNED, True),
        (-50, 5, ItemStatus.DONE, False),
        (-50, 60, ItemStatus.DONE, True),
        (900, 5, ItemStatus.PLANNED, False),
    ],
)
def test_what_is_over_is_within_only_while_it_is_open(starts: int, days: int, status: ItemStatus, is_in: bool) -> None:
    one = an_item(1, starts, days, status=status)
    assert (one in within([one], TODAY, far_end(TODAY))) is is_in


def test_what_begins_in_the_newest_month_of_the_horizon_enters_it() -> None:
    def item(number: int, start: date) -> object:
        return replace(an_item(number), start=start, end=start)

    items = [
        item(1, date(2027, 9, 30)),
        item(2, date(2027, 10, 1)),
        item(3, date(2027, 10, 31)),
        item(4, date(2027, 11, 1)),
    ]
    assert [one.key for one in enters(items, TODAY)] == ["RM-2", "RM-3"]  # type: ignore[arg-type]


def test_a_late_item_drags_along_what_needs_it_and_nothing_else() -> None:
    late = an_item(1, -30, 20, status=ItemStatus.IN_PROGRESS)
    road_map = a_road_map(
        late, an_item(2, -5, 10, needs=("RM-1",)), an_item(3, 6, 10, needs=("RM-2",)), an_item(4, 1, 3)
    )
    expected = schedule(road_map, TODAY)
    assert {key: (one.slip, one.because) for key, one in expected.items()} == {
        "RM-1": (11, ""), "RM-2": (6, "RM-1"), "RM-3": (5, "RM-2"), "RM-4": (0, ""),
    }  # fmt: skip
    assert drags(road_map, expected, "RM-1") == (Dragged("RM-2", 6), Dragged("RM-3", 5))
    assert critical_path(expected) == ("RM-1", "RM-2", "RM-3")
    assert critical_path(schedule(RoadMap(), TODAY)) == ()


def test_a_quarter_is_held_against_its_limit_and_what_was_dropped_costs_nothing() -> None:
    spend = (Spend(Q1, Decimal("0.10"), Decimal("0.20")),)
    items = an_item(1, spend=spend), an_item(2, spend=spend), an_item(3, spend=spend, status=ItemStatus.DROPPED)
    road_map = a_road_map(*items).limit(Q2, Decimal(5)).limit(Q1, Decimal("0.50")).limit(Q2, None).limit(Q2, Decimal(7))
    assert cost_by_quarter(road_map) == (
        QuarterCost(Q1, Decimal("0.20"), Decimal("0.40"), Decimal("0.50")),
        QuarterCost(Q2, Decimal(0), Decimal(0), Decimal(7)),
    )
    assert [one.over for one in cost_by_quarter(road_map)] == [Decimal("0.10"), Decimal(0)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"start": date(2027, 4, 1), "end": date(2027, 6, 30)}, "moved from Q1 2027 to Q2 2027"),
        ({"end": date(2027, 6, 30)}, "moved from Q1 2027 to Q1 2027 – Q2 2027"),
        ({"end": date(2027, 3, 1)}, "ends on 2027-03-01 instead of 2027-03-31"),
        ({"start": date(2027, 1, 12)}, "is on from 2027-01-12 to 2027-03-31 instead of 2027-01-11 to 2027-03-31"),
        ({"status": ItemStatus.LAUNCH}, "was in progress, is in launch"),
        ({"rank": 0}, "rank 2 → none"),
        ({"technology": ""}, "the technology is not said any more"),
        ({"team": "Shop"}, "the team: “Web” → “Shop”"),
        ({"measure": Measure()}, "the measure is not said any more"),
        ({"needs": ("RM-9",)}, "needs RM-9; needs RM-3 no more"),
        ({"serves": (12,)}, "serves IT-15 no more"),
        ({"owners": {Side.IT: "@liaison"}}, "marketing's owner is not said any more"),
        ({"scoring": Scoring()}, "points 18 → none"),
        ({"spend": (Spend(Q1, Decimal("10000.50")),)}, "OpEx in Q1 2027 500 → 0; OpEx in Q2 2027 500 → 0"),
    ],
)
def test_what_changed_is_said_in_words(changes: dict[str, object], told: str) -> None:
    (change,) = differences(RoadMap((FULL,)), RoadMap((replace(FULL, **changes),)), {"RM-7": "the vendor is late"})  # type: ignore[arg-type]
    assert str(change) == f"RM-7 Customers find what they look for <!here>: {told}, because the vendor is late"


def test_what_is_new_gone_or_about_the_whole_is_said_too() -> None:
    old = a_road_map(an_item(1), an_item(2)).limit(Q1, Decimal(1000))
    new = a_road_map(an_item(2), an_item(3, 30)).limit(Q1, Decimal(2500))
    assert [str(one) for one in differences(old, new)] == [
        "RM-3 Need 3: is new; from Q4 2026 to Q1 2027",
        "RM-1 Need 1: is gone",
        "the limit of Q1 2027: 1,000 → 2,500",
    ]


def test_a_draft_keeps_why_until_it_is_signed_and_only_for_what_changed() -> None:
    draft = Draft(FULL_MAP).put(FULL, an_item(9), because="both agreed")
    assert draft.reasons == {"RM-9": "both agreed"}
    assert draft.settled(FULL_MAP).reasons == {"RM-9": "both agreed"}
    assert draft.settled(draft.road_map).reasons == {}
    with pytest.raises(Invalid, match="nothing to sign"):
        check_submittable(FULL_MAP, Draft(FULL_MAP).road_map)


def misfits(*items: object, around: Around = ALONE, **given: object) -> list[tuple[object, ...]]:
    road_map = a_road_map(*items, **given)  # type: ignore[arg-type]
    found = misalignments(road_map, schedule(road_map, TODAY), around)
    return [(one.what, one.keys, one.about) for one in found]


def test_what_does_not_fit_is_found() -> None:
    day = TODAY + 9 * DAY
    assert misfits(an_item(1)) == []
    ticket, tool = Awaited("Spring", day, 12), Awaited("Relaunch", day, tool="search.ly")
    waiting = Around((ticket, tool, Awaited("Later", day + DAY, 12)))
    aimed: dict[str, Any] = {"outcome": "More", "measure": Measure("orders")}
    assert misfits(an_item(1, serves=(12,)), an_item(2, technology="Search", **aimed), around=waiting) == [
        (Misfit.TOO_LATE, ("RM-1",), "Spring"),
    ]
    assert misfits(an_item(2, technology="Search.ly", **aimed), around=waiting) == [
        (Misfit.TOO_LATE, ("RM-2",), "Relaunch")
    ]
    assert misfits(an_item(1, technology="X")) == [(Misfit.NO_OUTCOME, ("RM-1",), "X")]
    assert misfits(an_item(1, technology="Hub", **aimed), around=Around(tools=("hub", "Pipe"))) == [
        (Misfit.NO_ITEM, (), "Pipe")
    ]
    assert misfits(an_item(1, sponsors={})) == [(Misfit.NO_SPONSOR, ("RM-1",), "marketing and IT")]
    assert misfits(an_item(1), around=Around(gone=frozenset({"@cio"}))) == [(Misfit.GONE, ("RM-1",), "@cio")]
    assert misfits(an_item(1, 0, 10), an_item(2, 9, 5, needs=("RM-1",))) == [(Misfit.TOO_EARLY, ("RM-2", "RM-1"), "")]
    spend = (Spend(Q1, Decimal(10)),)
    over = a_road_map(an_item(1, spend=spend)).limit(Q1, Decimal(7))
    (found,) = misalignments(over, schedule(over, TODAY), Around())
    assert (found.what, found.about, found.amount) == (Misfit.OVER_LIMIT, "Q1 2027", Decimal(3))


def test_one_team_is_found_where_two_items_meet_in_a_month_once_for_the_same_ones() -> None:
    one, other = an_item(1, 0, 60, team="Web"), an_item(2, 30, 90, team="web")
    assert misfits(one, other, an_item(3, 0, 300, team="Data")) == [(Misfit.ONE_TEAM, ("RM-1", "RM-2"), "Web")]
    assert misfits(one, an_item(2, 90, 5, team="Web")) == []
    assert misfits(one, replace(other, status=ItemStatus.DONE)) == []


def test_a_review_tells_what_was_done_what_slipped_and_what_is_to_be_decided() -> None:
    before = standing(
        a_road_map(an_item(1, -20, 15, status=ItemStatus.IN_PROGRESS), an_item(2, 5, 10, needs=("RM-1",))),
        TODAY - 10 * DAY,
    )
    done = an_item(1, -20, 15, status=ItemStatus.DONE)
    proposed = an_item(3, 20, 5, status=ItemStatus.PROPOSED)
    far = replace(an_item(4, status=ItemStatus.PROPOSED), start=date(2027, 10, 4), end=date(2027, 10, 9))
    road_map = a_road_map(
        done, an_item(2, 12, 10, needs=("RM-1",)), proposed, far, an_item(5, 200, status=ItemStatus.PROPOSED)
    )
    found = review(road_map, {"RM-2": "the vendor is late"}, before, Around(), TODAY)
    assert [one.key for one in found.done] == ["RM-1"]
    assert [(one.item.key, (one.now - one.was).days, one.why) for one in found.slipped] == [
        ("RM-2", 7, "the vendor is late")
    ]
    assert [one.key for one in found.wanted] == ["RM-3", "RM-4"]
    assert [one.key for one in found.enters] == ["RM-4"]
    again = review(road_map, {}, standing(road_map, TODAY), Around(), TODAY)
    assert (again.done, again.slipped) == ((), ())
    assert review(
        a_road_map(an_item(1)), {}, {"RM-1": Standing(ItemStatus.PLANNED, TODAY + 9 * DAY)}, Around(), TODAY
    ).is_empty
