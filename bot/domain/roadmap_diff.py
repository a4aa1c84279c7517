"""What is different between two road maps, in words: `RM-3 …: moved from Q2 2027 to Q3 2027, because …`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.people import Side
from bot.domain.quarters import Quarter
from bot.domain.roadmap import STATUS_WORDS, Item, RoadMap, Scoring, Spend

SIDES = {Side.MARKETING: "marketing", Side.IT: "IT"}


@dataclass(frozen=True, slots=True)
class Change:
    """What is different about one item (its key and need), or about the road map as a whole (no key)."""

    key: str
    need: str
    what: tuple[str, ...]
    because: str = ""

    def __str__(self) -> str:
        """In one line."""
        named = f"{self.key} {self.need}: " if self.key else ""
        why = f", because {self.because}" if self.because else ""
        return f"{named}{'; '.join(self.what)}{why}"


def differences(old: RoadMap, new: RoadMap, reasons: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """What is new, then what is gone, then what changed, in the order of ranks; nothing if they say the same.

    reasons: why an item was changed, by key.
    """
    why = reasons or {}
    fresh = [_change(one, ["is new", _when(one)], why) for one in new.ranked if one.key not in old.by_key]
    gone = [_change(one, ["is gone"], why) for one in old.ranked if one.key not in new.by_key]
    both = ((old.by_key[one.key], one) for one in new.ranked if one.key in old.by_key)
    changed = [_change(after, list(_item(before, after)), why) for before, after in both if before != after]
    whole = (*_limits(old, new), *_goals(old, new))
    return (*fresh, *gone, *changed, *((Change("", "", whole),) if whole else ()))


def _change(one: Item, what: list[str], reasons: Mapping[str, str]) -> Change:
    return Change(one.key, one.need, tuple(what), reasons.get(one.key, ""))


def _when(one: Item) -> str:
    first, last = one.quarters
    return f"in {first.title}" if first == last else f"from {first.title} to {last.title}"


def _item(old: Item, new: Item) -> Iterable[str]:
    yield from _dates(old, new)
    if old.status is not new.status:
        yield f"was {STATUS_WORDS[old.status]}, is {STATUS_WORDS[new.status]}"
    if old.rank != new.rank:
        yield f"rank {old.rank or 'none'} → {new.rank or 'none'}"
    texts = {"need": "the need", "outcome": "the outcome", "technology": "the technology", "team": "the team"}
    for name, words in texts.items():
        yield from _text(words, getattr(old, name), getattr(new, name))
    yield from _text("the measure", str(old.measure), str(new.measure))
    yield from _text("confidence", old.confidence.value, new.confidence.value)
    yield from _lists(old, new)
    for role in ("owner", "sponsor"):
        before, after = getattr(old, f"{role}s"), getattr(new, f"{role}s")
        for side, name in SIDES.items():
            yield from _text(f"{name}'s {role}", before.get(side, ""), after.get(side, ""))
    if old.scoring != new.scoring:
        yield f"points {_points(old.scoring)} → {_points(new.scoring)}"
    yield from _money(old, new)


def _dates(old: Item, new: Item) -> Iterable[str]:
    if (old.start, old.end) == (new.start, new.end):
        return
    if old.quarters != new.quarters:
        yield f"moved from {_span(old)} to {_span(new)}"
    elif old.start == new.start:
        yield f"ends on {new.end} instead of {old.end}"
    else:
        yield f"is on from {new.start} to {new.end} instead of {old.start} to {old.end}"


def _span(one: Item) -> str:
    first, last = one.quarters
    return first.title if first == last else f"{first.title} – {last.title}"


def _text(name: str, old: str, new: str) -> Iterable[str]:
    if old == new:
        return
    if not old:
        yield f"{name}: “{new}”"
    elif not new:
        yield f"{name} is not said any more"
    else:
        yield f"{name}: “{old}” → “{new}”"


def _lists(old: Item, new: Item) -> Iterable[str]:
    for name, before, after in (
        ("needs", old.needs, new.needs),
        ("serves", _tickets(old.serves), _tickets(new.serves)),
    ):
        if fresh := [one for one in after if one not in before]:
            yield f"{name} {', '.join(fresh)}"
        if gone := [one for one in before if one not in after]:
            yield f"{name} {', '.join(gone)} no more"


def _tickets(numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"IT-{number}" for number in numbers)


def _points(scoring: Scoring) -> str:
    return str(scoring.points) if scoring.points is not None else "none"


def _money(old: Item, new: Item) -> Iterable[str]:
    before, after = ({one.quarter: one for one in item.spend} for item in (old, new))
    for quarter in sorted({*before, *after}):
        one, other = before.get(quarter, Spend(quarter)), after.get(quarter, Spend(quarter))
        for name, was, is_now in (("CapEx", one.capex, other.capex), ("OpEx", one.opex, other.opex)):
            if was != is_now:
                yield f"{name} in {quarter.title} {was:,f} → {is_now:,f}"


def _limits(old: RoadMap, new: RoadMap) -> Iterable[str]:
    if old.currency != new.currency:
        yield f"amounts are in {new.currency} instead of {old.currency}"
    for quarter in sorted({*old.limit_of, *new.limit_of}):
        was, is_now = _limit(old, quarter), _limit(new, quarter)
        if was != is_now:
            yield f"the limit of {quarter.title}: {was} → {is_now}"


def _limit(road_map: RoadMap, quarter: Quarter) -> str:
    limit = road_map.limit_of.get(quarter)
    return "none" if limit is None else f"{limit:,f}"


def _goals(old: RoadMap, new: RoadMap) -> Iterable[str]:
    before, after = ({one.figure: one for one in road_map.goals} for road_map in (old, new))
    for figure, goal in after.items():
        if figure not in before:
            yield f"a new shared goal: {goal}"
        elif before[figure] != goal:
            yield f"the shared goal {goal} instead of {before[figure].percent} %"
    yield from (f"no shared goal any more: {goal}" for figure, goal in before.items() if figure not in after)
