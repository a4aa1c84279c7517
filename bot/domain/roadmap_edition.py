"""The draft of a road map in which changes collect, and its revisions, which both sides sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.errors import Invalid
from bot.domain.roadmap import Item, RoadMap


@dataclass(frozen=True, slots=True)
class Draft:
    """The road map as it shall be. reasons: why items were changed since the last signed revision, by key.

    version: counts up with every change, so that no change is lost to another one made at the same time.
    """

    road_map: RoadMap = RoadMap()
    reasons: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    def put(self, *items: Item, because: str = "") -> Draft:
        """The draft with these items, and why. Raises Invalid as RoadMap.put does."""
        fresh = [one for one in items if self.road_map.by_key.get(one.key) != one]
        given = {one.key: because for one in fresh if because}
        return replace(self, road_map=self.road_map.put(*items), reasons={**self.reasons, **given})

    def settled(self, signed: RoadMap) -> Draft:
        """The draft once a revision was signed: what is as it was signed needs its reason no more."""
        same = {key for key, one in self.road_map.by_key.items() if signed.by_key.get(key) == one}
        return replace(self, reasons={key: why for key, why in self.reasons.items() if key not in same})


@dataclass(frozen=True, slots=True)
class RoadMapRevision:
    """One revision that was put before both sides, numbered from 1: what it says, why it differs from the one signed
    before it, by whom (a person's id) and when it was put forward. signed_at: since when it holds, None if it doesn't.
    """

    number: int
    road_map: RoadMap
    by: str
    at: datetime
    reasons: Mapping[str, str] = field(default_factory=dict)
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RevisionHead:
    """A revision without what it says."""

    number: int
    by: str
    at: datetime
    signed_at: datetime | None = None


def check_submittable(signed: RoadMap, draft: RoadMap) -> None:
    """Return if there is something to sign; raise Invalid otherwise."""
    if draft == signed:
        raise Invalid("The draft says what was signed last, so there is nothing to sign.")
