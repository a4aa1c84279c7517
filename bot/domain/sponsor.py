"""What a sponsor says each month of what they answer for, and handing it over to somebody else."""

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
CHANGED = "This has changed since: somebody else is its sponsor now. Nothing was handed over."


class Mood(StrEnum):
    """How an item stands in the eyes of its sponsor."""

    ON_TRACK = "on track"
    WORRIED = "worried"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class SponsorWord:
    """A sponsor's word (a person's id in `by`) for a month (`2026-12`). `item`: the key of an item or a ticket.

    Raises Invalid for a long one.
    """

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
    """Sponsorship of an item (on one side) or a ticket, offered by one person to another (ids), who has to accept.

    `item`: the key of either. The giver of a ticket is its sponsor, or who named the first one.
    """

    item: str
    side: Side
    giver: str
    taker: str

    def accept(self, road_map: RoadMap, by: str) -> Item:
        """The item with its new sponsor. Raises NotAllowed for anybody but the taker, Conflict if it has changed."""
        self.check_taker(by)
        item = road_map.by_key.get(self.item)
        if item is None or item.sponsors.get(self.side) != f"@{self.giver}":
            raise Conflict(CHANGED)
        if f"@{self.taker}" in {one for side, one in item.sponsors.items() if side is not self.side}:
            raise Conflict("You are its sponsor on the other side already, and nobody is that on both.")
        return replace(item, sponsors={**item.sponsors, self.side: f"@{self.taker}"})

    def accept_ticket(self, sponsor: str, liaison: str, by: str) -> None:
        """Return if the taker may be the sponsor of a ticket that has this sponsor (empty: none) and liaison.

        Raises NotAllowed for anybody but the taker, Conflict if it has changed, or the taker decides on it for IT.
        """
        self.check_taker(by)
        if sponsor not in {"", self.giver}:
            raise Conflict(CHANGED)
        if self.taker == liaison:
            raise Conflict("You decide on it for IT, so somebody else has to sponsor it.")

    def check_taker(self, by: str) -> None:
        """Return if it is offered to this person; else raise NotAllowed."""
        if by != self.taker:
            raise NotAllowed("This is for the person who was asked.")


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
