"""What was promised: in how much working time each side answers, by priority, kind and size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.errors import Invalid
from bot.domain.ledger import ClockKind, checked_target

WORKING_DAY_S = 8 * 3600
REACH_UNKNOWN = 100_000


class Priority(StrEnum):
    """How soon a ticket is wanted."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


def _response() -> dict[Priority, int]:
    return {Priority.URGENT: 900, Priority.HIGH: 3600, Priority.NORMAL: 4 * 3600, Priority.LOW: WORKING_DAY_S}


def _resolution() -> dict[Priority, int]:
    days = {Priority.NORMAL: 3 * WORKING_DAY_S, Priority.LOW: 5 * WORKING_DAY_S}
    return {Priority.URGENT: 4 * 3600, Priority.HIGH: 8 * 3600} | days


def _lead() -> dict[int, int]:
    return {10_000: 2 * WORKING_DAY_S, 100_000: 5 * WORKING_DAY_S, 1_000_000: 15 * WORKING_DAY_S}


@dataclass(frozen=True, slots=True)
class Targets:
    """Working seconds in which each side owes what it owes. A working day is 8 hours.

    response, resolution: by priority. of_kinds: resolutions by kind of ticket, then priority, where they differ.
    lead: by the most people a campaign of that size reaches, and lead_beyond for all larger ones; the steps are
    our own assumption (no published figure was found) and meant to be edited. shares: percentages at which to warn.
    Invalid: a target of nothing or of more than 400 days, a share that is not between 1 and 99.
    """

    response: Mapping[Priority, int] = field(default_factory=_response)
    resolution: Mapping[Priority, int] = field(default_factory=_resolution)
    of_kinds: Mapping[str, Mapping[Priority, int]] = field(default_factory=dict)
    lead: Mapping[int, int] = field(default_factory=_lead)
    lead_beyond: int = 40 * WORKING_DAY_S
    brief: int = 2 * WORKING_DAY_S
    sign_off: int = 2 * WORKING_DAY_S
    shares: tuple[int, ...] = (75,)

    def __post_init__(self) -> None:
        by_priority = [self.response, self.resolution, *self.of_kinds.values()]
        for seconds in (*self.lead.values(), self.lead_beyond, self.brief, self.sign_off):
            checked_target(seconds)
        for each in by_priority:
            for seconds in each.values():
                checked_target(seconds)
        if not self.shares or not all(0 < share < 100 for share in self.shares):
            raise Invalid("Warn at a share of the target between 1 and 99 %.")

    def of(self, kind: ClockKind, priority: Priority, ticket_kind: str = "") -> int:
        """The target in seconds; the next response has the first's. Invalid for a lead time (see lead_for)."""
        if kind is ClockKind.RESOLUTION:
            return self.of_kinds.get(ticket_kind, {}).get(priority, self.resolution[priority])
        if kind in {ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE}:
            return self.response[priority]
        if kind is ClockKind.LEAD_TIME:
            raise Invalid("A lead time has no target by priority.")
        return self.brief if kind is ClockKind.BRIEF else self.sign_off

    def lead_for(self, reach: int | None) -> int:
        """The lead time in seconds for a campaign that reaches so many people; None: as for a middling one."""
        people = REACH_UNKNOWN if reach is None else reach
        return next((self.lead[most] for most in sorted(self.lead) if people <= most), self.lead_beyond)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Targets:
        """The targets that `to_dict` gave; Invalid if they are none."""
        try:
            return cls(
                response=_by_priority(stored["response"]),
                resolution=_by_priority(stored["resolution"]),
                of_kinds={kind: _by_priority(given) for kind, given in stored["of_kinds"].items()},
                lead={int(most): seconds for most, seconds in stored["lead"].items()},
                lead_beyond=stored["lead_beyond"],
                brief=stored["brief"],
                sign_off=stored["sign_off"],
                shares=tuple(stored["shares"]),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Invalid(f"These are not stored targets: {error}.") from error

    def to_dict(self) -> dict[str, Any]:
        """The targets as JSON."""
        return {
            "response": dict(self.response),
            "resolution": dict(self.resolution),
            "of_kinds": {kind: dict(given) for kind, given in self.of_kinds.items()},
            "lead": {str(most): seconds for most, seconds in self.lead.items()},
            "lead_beyond": self.lead_beyond,
            "brief": self.brief,
            "sign_off": self.sign_off,
            "shares": list(self.shares),
        }


def _by_priority(stored: Mapping[str, int]) -> dict[Priority, int]:
    return {Priority(name): seconds for name, seconds in stored.items()}
