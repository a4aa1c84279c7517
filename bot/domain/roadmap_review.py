"""The monthly look at the road map: what was done, what slipped and why, what does not fit, what is to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain.agenda import Slot
from bot.domain.catalogue import topic
from bot.domain.horizon import enters, months_on
from bot.domain.people import Side
from bot.domain.roadmap import Item, ItemStatus, RoadMap
from bot.domain.roadmap_budget import cost_by_quarter
from bot.domain.roadmap_schedule import Dragged, Schedule, drags, schedule

SOON_MONTHS = 3


class Misfit(StrEnum):
    """What is wrong with one or more items."""

    TOO_LATE = "a campaign without the technology it needs in time"
    NO_OUTCOME = "a technology without an outcome"
    NO_ITEM = "a tool without an item"
    NO_SPONSOR = "an item without a sponsor"
    GONE = "somebody who left"
    ONE_TEAM = "two items that need one team in one month"
    TOO_EARLY = "an item that begins before what it needs has ended"
    OVER_LIMIT = "money over the limit"


@dataclass(frozen=True, slots=True)
class Misalignment:
    """What does not fit, of which items (keys). about: the tool, team with its month, side, person or quarter it is
    about; number: a ticket, 0 if none; day: when it is needed; amount: by how much too much.
    """

    what: Misfit
    keys: tuple[str, ...] = ()
    about: str = ""
    number: int = 0
    day: date | None = None
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A campaign or launch that waits for technology: by a ticket's number, or by the name of a tool."""

    name: str
    first_day: date
    number: int = 0
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What happens around the road map: what waits for it, tools approved lately by name, people who left (`@ID`)."""

    awaited: Sequence[Awaited] = ()
    tools: Sequence[str] = ()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stood at a review: its status and the end that was expected."""

    status: ItemStatus
    end: date


@dataclass(frozen=True, slots=True)
class RoadMapReview:
    """One review as it was posted to a channel for a month: how every item stood then, by key."""

    workspace: str
    conversation: str
    slot: Slot
    posted_at: datetime
    standing: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its one message."""
        return f"roadmap-review:{self.conversation}:{self.slot.name}"


@dataclass(frozen=True, slots=True)
class Slipped:
    """An item that is expected later than at the last review: from when to when, held up by which item (empty: by
    itself), why as somebody said, and what it drags along.
    """

    item: Item
    was: date
    now: date
    holder: str = ""
    why: str = ""
    drags: tuple[Dragged, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What a review tells. wanted: the proposed items both sides have to decide on; enters: those among all open ones
    that begin in the month which is new in the horizon.
    """

    done: tuple[Item, ...] = ()
    slipped: tuple[Slipped, ...] = ()
    misalignments: tuple[Misalignment, ...] = ()
    wanted: tuple[Item, ...] = ()
    enters: tuple[Item, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to talk about."""
        return not any((self.done, self.slipped, self.misalignments, self.wanted, self.enters))


def review(
    road_map: RoadMap, reasons: Mapping[str, str], before: Mapping[str, Standing], around: Around, today: date
) -> Findings:
    """What is to be told on a day. reasons: why items were changed, by key; before: how they stood the last time."""
    expected = schedule(road_map, today)
    done = tuple(one for one in road_map.ranked if _is_fresh(one, before))
    fresh = enters(road_map.ranked, today)
    soon = months_on(today, SOON_MONTHS)
    proposed = [one for one in road_map.ranked if one.status is ItemStatus.PROPOSED]
    wanted = tuple(one for one in proposed if one.start < soon or one in fresh)
    found = misalignments(road_map, expected, around)
    return Findings(done, _slipped(road_map, expected, reasons, before), found, wanted, fresh)


def standing(road_map: RoadMap, today: date) -> Mapping[str, Standing]:
    """How every item stands on a day."""
    expected = schedule(road_map, today)
    return {one.key: Standing(one.status, expected[one.key].end) for one in road_map.items}


def misalignments(road_map: RoadMap, expected: Schedule, around: Around) -> tuple[Misalignment, ...]:
    """Everything that does not fit, the most urgent kind first."""
    running = [one for one in road_map.ranked if one.is_open]
    return (
        *_too_late(running, expected, around.awaited),
        *_over_limit(road_map),
        *_too_early(running, road_map),
        *_one_team(running),
        *_people(running, around.gone),
        *(Misalignment(Misfit.NO_OUTCOME, (one.key,), one.technology) for one in running if _is_aimless(one)),
        *_no_item(road_map, around.tools),
    )


def _is_fresh(one: Item, before: Mapping[str, Standing]) -> bool:
    """Done since the last review."""
    return one.status is ItemStatus.DONE and one.key in before and before[one.key].status is not ItemStatus.DONE


def _slipped(
    road_map: RoadMap, expected: Schedule, reasons: Mapping[str, str], before: Mapping[str, Standing]
) -> tuple[Slipped, ...]:
    found = []
    for one in road_map.ranked:
        now = expected[one.key]
        was = before[one.key].end if one.key in before else one.end
        if one.is_open and now.end > was:
            held = drags(road_map, expected, one.key)
            found.append(Slipped(one, was, now.end, now.because, reasons.get(one.key, ""), held))
    return tuple(found)


def _too_late(running: Sequence[Item], expected: Schedule, awaited: Iterable[Awaited]) -> Iterable[Misalignment]:
    for each in sorted(awaited, key=lambda one: (one.first_day, one.name)):
        wanted = topic(each.tool) if each.tool else ""
        late = tuple(
            one.key
            for one in running
            if expected[one.key].end >= each.first_day
            and (each.number in one.serves or (wanted and wanted == topic(one.technology)))
        )
        if late:
            yield Misalignment(Misfit.TOO_LATE, late, each.name, each.number, each.first_day)


def _over_limit(road_map: RoadMap) -> Iterable[Misalignment]:
    return (
        Misalignment(Misfit.OVER_LIMIT, about=one.quarter.title, amount=one.over)
        for one in cost_by_quarter(road_map)
        if one.over
    )


def _too_early(running: Sequence[Item], road_map: RoadMap) -> Iterable[Misalignment]:
    for one in running:
        late = tuple(key for key in one.needs if (need := road_map.by_key[key]).is_open and need.end >= one.start)
        if late:
            yield Misalignment(Misfit.TOO_EARLY, (one.key, *late))


def _one_team(running: Sequence[Item]) -> Iterable[Misalignment]:
    busy: dict[tuple[str, date], list[str]] = {}
    names: dict[str, str] = {}
    for one in running:
        team, month = one.team.casefold(), months_on(one.start, 0)
        names.setdefault(team, one.team)
        while team and month <= one.end:
            busy.setdefault((team, month), []).append(one.key)
            month = months_on(month, 1)
    told: set[tuple[str, tuple[str, ...]]] = set()
    for (team, month), keys in sorted(busy.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        if len(keys) > 1 and (team, tuple(keys)) not in told:  # of the same ones only the first month
            told.add((team, tuple(keys)))
            yield Misalignment(Misfit.ONE_TEAM, tuple(keys), names[team], day=month)


def _people(running: Sequence[Item], gone: frozenset[str]) -> Iterable[Misalignment]:
    for one in running:
        sides = [side for side in (Side.MARKETING, Side.IT) if not one.sponsors.get(side)]
        if sides:
            yield Misalignment(Misfit.NO_SPONSOR, (one.key,), " and ".join(_SIDES[side] for side in sides))
        for person in sorted({*one.sponsors.values(), *one.owners.values()} & gone):
            yield Misalignment(Misfit.GONE, (one.key,), person)


_SIDES = {Side.MARKETING: "marketing", Side.IT: "IT"}


def _is_aimless(one: Item) -> bool:
    return bool(one.technology) and not (one.outcome and one.measure.what)


def _no_item(road_map: RoadMap, tools: Iterable[str]) -> Iterable[Misalignment]:
    known = {topic(one.technology) for one in road_map.items if one.technology}
    return (Misalignment(Misfit.NO_ITEM, about=name) for name in sorted(tools) if topic(name) not in known)
