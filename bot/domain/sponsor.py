"""What a sponsor says of an item each month, and handing an item over to somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.horizon import months_on
from bot.domain.people import Side
from bot.domain.roadmap import Item, RoadMap

MOST_WORDS = 300
AHEAD_MONTHS = 3


class Mood(StrEnum):
    """How an item stands in the eyes of its sponsor."""

    ON_TRACK = "on track"
    WORRIED = "worried"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class SponsorWord:
    """A sponsor's word (a person's id in `by`) on one item for a month (`2026-12`). Raises Invalid for a long one."""

    workspace: str
    month: str
    item: str
    by: str
    mood: Mood
    words: str
    at: datetime

    def __post_init__(self) -> None:
        if len(self.words) > MOST_WORDS:
            raise Invalid(f"Please use at most {MOST_WORDS} characters; this has {len(self.words)}.", "words")


@dataclass(frozen=True, slots=True)
class HandOver:
    """An item's sponsorship on one side, offered by one person to another (ids); it changes hands when they accept."""

    item: str
    side: Side
    giver: str
    taker: str

    def accept(self, road_map: RoadMap, by: str) -> Item:
        """The item with its new sponsor. Raises NotAllowed for anybody but the taker, Conflict if it has changed."""
        if by != self.taker:
            raise NotAllowed("This is for the person who was asked.")
        item = road_map.by_key.get(self.item)
        if item is None or item.sponsors.get(self.side) != f"@{self.giver}":
            raise Conflict("This has changed since: somebody else is its sponsor now. Nothing was handed over.")
        if f"@{self.taker}" in {one for side, one in item.sponsors.items() if side is not self.side}:
            raise Conflict("You are its sponsor on the other side already, and nobody is that on both.")
        return replace(item, sponsors={**item.sponsors, self.side: f"@{self.taker}"})


def sponsored(road_map: RoadMap, today: date) -> Mapping[str, tuple[Item, ...]]:
    """The items of each sponsor (id) that have begun or begin within three months, by rank."""
    soon = months_on(today, AHEAD_MONTHS)
    found: dict[str, tuple[Item, ...]] = {}
    for one in road_map.ranked:
        if one.is_open and one.start < soon:
            for person in dict.fromkeys(one.sponsors.values()):
                if person.startswith("@"):
                    found[person.removeprefix("@")] = (*found.get(person.removeprefix("@"), ()), one)
    return found


def side_of_sponsor(item: Item, person: str) -> Side:
    """On which side somebody sponsors an item. Raises NotAllowed for who does not."""
    for side, sponsor in item.sponsors.items():
        if sponsor == f"@{person}":
            return side
    raise NotAllowed(f"Only its sponsors can do that: you are none of {item.key}.")
