"""The schedule of a road map: what must hold whatever its items, dates and dependencies are."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.roadmap import SETTLED, STARTED, RoadMap, order_of
from bot.domain.roadmap_diff import differences
from bot.domain.roadmap_schedule import Schedule, critical_path, drags, schedule, what_moves
from tests.support.roadmaps import TODAY, a_random_map

DAY = timedelta(days=1)


@st.composite
def road_maps(draw: st.DrawFn) -> RoadMap:
    items = draw(st.integers(1, 14))
    return a_random_map(random.Random(draw(st.integers(0, 10**6))), items, draw(st.integers(0, 2 * items)))


def last_end(road_map: RoadMap, expected: Schedule) -> object:
    return max((expected[one.key].end for one in road_map.items if one.is_open), default=None)


@given(road_maps())
def test_nothing_is_earlier_than_planned_than_today_or_than_what_it_needs(road_map: RoadMap) -> None:
    expected = schedule(road_map, TODAY)
    for item in road_map.items:
        found = expected[item.key]
        assert found.slip == (found.end - item.end).days >= 0
        if item.is_open:
            assert found.end >= TODAY
        if item.is_open and item.status not in STARTED:
            assert found.start >= max(item.start, TODAY)
            assert (found.end - found.start).days + 1 == item.days
            assert all(
                expected[key].end < found.start for key in item.needs if road_map.by_key[key].status not in SETTLED
            )


@given(road_maps())
def test_slack_is_exactly_how_far_an_item_can_move_before_the_last_end_moves(road_map: RoadMap) -> None:
    expected = schedule(road_map, TODAY)
    for item in road_map.items:
        slack = expected[item.key].slack
        assert (slack is None) == (not item.is_open)
        if slack is None:
            continue
        for more, moves in ((slack, 0), (slack + 1, 1)):
            longer = replace(item, end=item.end + (expected[item.key].slip + more) * DAY)
            if item.status not in STARTED:
                longer = replace(item, start=expected[item.key].start, end=expected[item.key].end + more * DAY)
            after = road_map.put(longer)
            gap = last_end(after, schedule(after, TODAY)), last_end(road_map, expected)
            assert gap[0] == gap[1] + moves * DAY  # type: ignore[operator]


@given(road_maps())
def test_the_critical_path_has_no_gap_no_slack_and_ends_last(road_map: RoadMap) -> None:
    expected = schedule(road_map, TODAY)
    path = critical_path(expected)
    assert bool(path) == any(one.is_open for one in road_map.items)
    assert all(expected[key].slack == 0 for key in path)
    for one, following in zip(path, path[1:], strict=False):
        assert expected[following].start == expected[one].end + DAY
        assert one in road_map.by_key[following].needs
    if path:
        assert expected[path[-1]].end == last_end(road_map, expected)


@given(road_maps(), st.integers(0, 200))
def test_what_is_said_to_move_is_what_moves(road_map: RoadMap, days: int) -> None:
    item = road_map.items[0]
    later = replace(item, end=item.end + days * DAY)
    moved = {one.key: one.days for one in what_moves(road_map, later, TODAY)}
    before, after = schedule(road_map, TODAY), schedule(road_map.put(later), TODAY)
    for key in before:
        gap = (after[key].end - before[key].end).days
        assert gap == (moved.get(key, 0) if key != item.key else gap)
        assert 0 <= gap <= max(days, (after[item.key].end - before[item.key].end).days)


@given(road_maps())
def test_whatever_is_dragged_along_is_late_and_waits_for_it(road_map: RoadMap) -> None:
    expected = schedule(road_map, TODAY)
    for item in road_map.items:
        for one in drags(road_map, expected, item.key):
            assert one.days == expected[one.key].slip > 0
            chain = one.key
            while chain != item.key:
                chain = expected[chain].because
                assert chain


@given(road_maps())
def test_the_order_puts_what_is_needed_first(road_map: RoadMap) -> None:
    place = {key: at for at, key in enumerate(order_of(road_map.items))}
    assert len(place) == len(road_map.items)
    assert all(place[need] < place[one.key] for one in road_map.items for need in one.needs)


@given(road_maps(), road_maps())
def test_a_difference_is_told_exactly_where_there_is_one(old: RoadMap, new: RoadMap) -> None:
    assert differences(old, old) == ()
    told = {one.key for one in differences(old, new)}
    keys = {*old.by_key, *new.by_key}
    assert told == {key for key in keys if old.by_key.get(key) != new.by_key.get(key)}
