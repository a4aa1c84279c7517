"""When the items of a road map will really be done: what is late drags along what needs it.

An item begins on the day after everything it needs has ended, never before its own first day, and takes as many
calendar days as planned. It is the critical path method with "start no earlier than" dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.roadmap import SETTLED, STARTED, Item, RoadMap, order_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """When an item is expected to be done. slip: days its end is later than planned. because: the key of the item that
    holds up its start, empty if nothing does. slack: days its end may move without moving the last end of all, None
    for what is done or dropped.
    """

    key: str
    start: date
    end: date
    slip: int = 0
    because: str = ""
    slack: int | None = None


Schedule = Mapping[str, Expected]


@dataclass(frozen=True, slots=True)
class Dragged:
    """An item that ends some days later because another one does."""

    key: str
    days: int


def schedule(road_map: RoadMap, today: date) -> Schedule:
    """What is to be expected of every item, by key, as things stand on a day."""
    order = order_of(road_map.items)
    found: dict[str, Expected] = {}
    for key in order:
        found[key] = _expected(road_map.by_key[key], road_map, found, today)
    return _with_slack(road_map, order, found)


def critical_path(expected: Schedule) -> tuple[str, ...]:
    """The items, first to last, of which each holds up the next, and the last one ends last of all."""
    running = [one for one in expected.values() if one.slack is not None]
    if not running:
        return ()
    last = max(running, key=lambda one: (one.end, one.key))
    path = [last.key]
    while because := expected[path[-1]].because:
        path.append(because)
    return tuple(reversed(path))


def what_moves(road_map: RoadMap, moved: Item, today: date) -> tuple[Dragged, ...]:
    """The items that end later if this one is as it says, beside itself: the longest first."""
    before, after = schedule(road_map, today), schedule(road_map.put(moved), today)
    gaps = [(after[key].end - before[key].end).days for key in before]
    found = [Dragged(key, gap) for key, gap in zip(before, gaps, strict=True) if gap > 0 and key != moved.key]
    return tuple(sorted(found, key=lambda one: (-one.days, one.key)))


def drags(road_map: RoadMap, expected: Schedule, key: str) -> tuple[Dragged, ...]:
    """Whatever ends later than planned because this item does, directly or through others."""
    held: dict[str, list[str]] = {}
    for one in expected.values():
        if one.because and one.slip > 0:
            held.setdefault(one.because, []).append(one.key)
    found, looking = [], [key]
    while looking:
        for each in held.get(looking.pop(), ()):
            found.append(Dragged(each, expected[each].slip))
            looking.append(each)
    return tuple(sorted(found, key=lambda one: (-one.days, one.key)))


def _expected(item: Item, road_map: RoadMap, found: Mapping[str, Expected], today: date) -> Expected:
    if item.status in SETTLED:
        return Expected(item.key, item.start, item.end)
    if item.status in STARTED:
        end = max(item.end, today)
        return Expected(item.key, item.start, end, (end - item.end).days)
    waits = [(found[key].end + DAY, key) for key in item.needs if road_map.by_key[key].is_open]
    free, holder = max(waits, default=(date.min, ""))
    own = max(item.start, today)
    start = max(own, free)
    end = start + (item.end - item.start)
    return Expected(item.key, start, end, (end - item.end).days, holder if free >= own else "")


def _with_slack(road_map: RoadMap, order: tuple[str, ...], found: Mapping[str, Expected]) -> Schedule:
    """Slack, from the last item back: an item may end the day before the earliest latest start of what needs it."""
    ends = [one.end for key, one in found.items() if road_map.by_key[key].is_open]
    if not ends:
        return found
    latest = dict.fromkeys(order, max(ends))
    for key in reversed(order):
        item, one = road_map.by_key[key], found[key]
        if item.is_open and item.status not in STARTED:  # what has begun waits for nothing any more
            start = latest[key] - (one.end - one.start)
            for need in item.needs:
                latest[need] = min(latest[need], start - DAY)
    return {
        key: Expected(
            one.key,
            one.start,
            one.end,
            one.slip,
            one.because,
            (latest[key] - one.end).days if road_map.by_key[key].is_open else None,
        )
        for key, one in found.items()
    }
