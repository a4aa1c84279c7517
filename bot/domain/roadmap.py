"""The road map both sides share: what marketing needs, its outcome, the technology for it, time, money and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from bot.domain.errors import Invalid
from bot.domain.goals import Goal
from bot.domain.people import Side
from bot.domain.quarters import Quarter

ITEMS_MOST = 2000
LONGEST_DAYS = 1500
SCORE_LEAST, SCORE_MOST = 1, 5
PREFIX = "RM-"


class ItemStatus(StrEnum):
    """How far an item is."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    LAUNCH = "launch"
    DONE = "done"
    DROPPED = "dropped"


STATUS_WORDS = {
    ItemStatus.PROPOSED: "proposed",
    ItemStatus.PLANNED: "planned",
    ItemStatus.IN_PROGRESS: "in progress",
    ItemStatus.LAUNCH: "in launch",
    ItemStatus.DONE: "done",
    ItemStatus.DROPPED: "dropped",
}
STARTED = frozenset({ItemStatus.IN_PROGRESS, ItemStatus.LAUNCH})
SETTLED = frozenset({ItemStatus.DONE, ItemStatus.DROPPED})


class Confidence(StrEnum):
    """How sure both sides are of an item's dates."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Measure:
    """How an outcome is seen: what is measured, from which value to which one, until when."""

    what: str = ""
    start: str = ""
    goal: str = ""
    by: date | None = None

    def __str__(self) -> str:
        """`orders a month from 120 to 200 by 2027-06-30`; empty if nothing is measured."""
        parts = (("", self.what), ("from ", self.start), ("to ", self.goal), ("by ", str(self.by or "")))
        return " ".join(f"{word}{value}" for word, value in parts if value) if self.what else ""


@dataclass(frozen=True, slots=True)
class Scoring:
    """What an item is worth and what it takes, each from 1 (little) to 5 (much), 0 for not said."""

    value: int = 0
    effort: int = 0
    risk: int = 0
    urgency: int = 0

    @property
    def points(self) -> int | None:
        """Ten times (value + urgency) / (effort + risk), rounded: from 2 to 50; None unless all four were said.

        After the cost of delay over the size of the job (Reinertsen, The Principles of Product Development Flow,
        2009), with risk counted as size.
        """
        if not all((self.value, self.effort, self.risk, self.urgency)):
            return None
        return round(10 * (self.value + self.urgency) / (self.effort + self.risk))


@dataclass(frozen=True, slots=True)
class Spend:
    """What an item costs in one quarter, in the currency of its road map."""

    quarter: Quarter
    capex: Decimal = Decimal(0)
    opex: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a quarter may cost, CapEx and OpEx together."""

    quarter: Quarter
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One road map item, from its first to its last day. Raises Invalid with the field that can't be.

    key: `RM-7`. technology: usually a tool's name. rank: 1 is first, 0 not ranked. needs: the keys of the items that
    must be done before. owners, sponsors: of each side, a person as `@ID` or in plain words. team: who does the work.
    serves: the numbers of the tickets, such as campaigns, that wait for it.
    """

    key: str
    need: str
    start: date
    end: date
    outcome: str = ""
    measure: Measure = Measure()
    technology: str = ""
    rank: int = 0
    scoring: Scoring = Scoring()
    needs: tuple[str, ...] = ()
    owners: Mapping[Side, str] = field(default_factory=dict)
    sponsors: Mapping[Side, str] = field(default_factory=dict)
    team: str = ""
    serves: tuple[int, ...] = ()
    spend: tuple[Spend, ...] = ()
    status: ItemStatus = ItemStatus.PROPOSED
    confidence: Confidence = Confidence.MEDIUM

    def __post_init__(self) -> None:
        if not self.need.strip():
            raise Invalid("Please say what is needed.", "need")
        if self.end < self.start:
            raise Invalid(f"It ends on {self.end}, before it starts on {self.start}.", "end")
        if (self.end - self.start).days > LONGEST_DAYS:
            raise Invalid(f"It would take more than {LONGEST_DAYS} days. Please check its years.", "end")
        if self.key in self.needs:
            raise Invalid(f"{self.key} can't need itself.", "needs")

    @property
    def days(self) -> int:
        """How many days it takes, the first and the last one too."""
        return (self.end - self.start).days + 1

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status not in SETTLED

    @property
    def quarters(self) -> tuple[Quarter, Quarter]:
        """The first and the last quarter it lies in."""
        return Quarter.of(self.start), Quarter.of(self.end)


@dataclass(frozen=True)
class RoadMap:
    """All items by their keys, what may be spent in a quarter, the shared goals, and the currency of every amount.

    next_number: of the next new item's key; a key is never used twice.
    """

    items: tuple[Item, ...] = ()
    limits: tuple[Limit, ...] = ()
    currency: str = "EUR"
    next_number: int = 1
    goals: tuple[Goal, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """The items by key."""
        return {one.key: one for one in self.items}

    @cached_property
    def ranked(self) -> Sequence[Item]:
        """Open items first; among them by rank, those without one last, then by start."""
        return sorted(self.items, key=lambda one: (not one.is_open, one.rank or ITEMS_MOST + 1, one.start, one.key))

    def put(self, *items: Item) -> RoadMap:
        """The road map with these items, each in place of the one of the same key.

        Raises Invalid for too many, for a need that is not there, and for a cycle, which it names.
        """
        kept = {**self.by_key, **{one.key: one for one in items}}
        if len(kept) > ITEMS_MOST:
            raise Invalid(f"A road map has {ITEMS_MOST:,} items at most.")
        order_of(kept.values())
        following = max((number_in(key) + 1 for key in kept), default=1)
        return replace(self, items=tuple(kept.values()), next_number=max(self.next_number, following))

    @cached_property
    def limit_of(self) -> Mapping[Quarter, Decimal]:
        """What each quarter may cost that has a limit."""
        return {one.quarter: one.amount for one in self.limits}

    def limit(self, quarter: Quarter, amount: Decimal | None) -> RoadMap:
        """The road map with another limit on what a quarter may cost; None takes it away."""
        kept = [one for one in self.limits if one.quarter != quarter]
        kept += [] if amount is None else [Limit(quarter, amount)]
        return replace(self, limits=tuple(sorted(kept, key=lambda one: one.quarter)))


def number_in(key: str) -> int:
    """The number in a key, 0 in what is none."""
    digits = key.removeprefix(PREFIX)
    return int(digits) if key.startswith(PREFIX) and digits.isascii() and digits.isdigit() and len(digits) < 9 else 0


def order_of(items: Iterable[Item]) -> tuple[str, ...]:
    """The keys, what is needed always before what needs it. Raises Invalid for an unknown need or a cycle."""
    known = {one.key: one for one in items}
    for one in known.values():
        for need in one.needs:
            if need not in known:
                raise Invalid(f"{one.key} needs {need[:20]}, which is not on the road map.", "needs")
    try:
        return tuple(TopologicalSorter({key: one.needs for key, one in known.items()}).static_order())
    except CycleError as error:
        circle: list[str] = list(reversed(error.args[1]))
        raise Invalid(f"These would wait for each other for ever: {' needs '.join(circle)}.", "needs") from None


def suggested_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The open items that were scored, those with the most points first: a proposal for their ranks, no more."""
    scored = [(one.scoring.points, one) for one in items if one.is_open and one.scoring.points is not None]
    return tuple(one for _, one in sorted(scored, key=lambda pair: (-(pair[0] or 0), pair[1].start, pair[1].key)))
