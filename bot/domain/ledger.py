"""The ledger of a clock: what happened to it and when, and the stretches of time in which it ran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from math import isfinite
from typing import Any, NamedTuple, TypedDict

from bot.domain.errors import Invalid

LONGEST_S = 400 * 86_400
LATE_ON_ARRIVAL = "short notice"

Run = tuple[datetime, datetime | None]


class ClockKind(StrEnum):
    """What is owed."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"
    LEAD_TIME = "lead_time"
    BRIEF = "brief"
    SIGN_OFF = "sign_off"


class StageKind(StrEnum):
    """What a clock comes to by itself."""

    WARNING = "warning"
    BREACH = "breach"


class Judgement(StrEnum):
    """Whether what was owed came in time."""

    MET = "met"
    LATE = "late"


class Stage(NamedTuple):
    """What to tell next of a clock, its instant, and the percentage of the target used up by then."""

    at: datetime
    kind: StageKind
    share: int


class Terms(TypedDict, total=False):
    """What a clock may be started with besides; see Clock."""

    cycle: int
    shares: tuple[int, ...]
    calendar_version: int
    fixed_due: datetime | None
    person: str
    counted_in: str


class Step(StrEnum):
    """What an entry of a ledger says."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    RETARGETED = "retargeted"
    WARNED = "warned"
    BREACHED = "breached"
    MET = "met"
    CANCELLED = "cancelled"


RUNS = frozenset({Step.STARTED, Step.RESUMED})
STOPS = frozenset({Step.MET, Step.CANCELLED})
TURNS = RUNS | STOPS | {Step.PAUSED}
AIMS = frozenset({Step.STARTED, Step.RETARGETED})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a ledger. `target_s` and `fixed_due` are those it sets, warns of or finds breached."""

    at: datetime
    what: Step
    reason: str = ""
    target_s: float | None = None
    fixed_due: datetime | None = None
    share: int | None = None

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Entry:
        """The entry that `to_dict` gave. Raises KeyError, TypeError or ValueError if it is not one."""
        due = stored.get("fixed_due")
        return cls(
            at=in_utc(datetime.fromisoformat(stored["at"])),
            what=Step(stored["what"]),
            reason=str(stored.get("reason", "")),
            target_s=stored.get("target_s"),
            fixed_due=due and in_utc(datetime.fromisoformat(due)),
            share=stored.get("share"),
        )

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON, without what it does not have."""
        stored: dict[str, Any] = {"at": self.at.isoformat(), "what": str(self.what)}
        if self.reason:
            stored["reason"] = self.reason
        if self.target_s:
            stored["target_s"] = self.target_s
        if self.fixed_due:
            stored["fixed_due"] = self.fixed_due.isoformat()
        if self.share:
            stored["share"] = self.share
        return stored


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC; Invalid for a time without a zone."""
    if at.tzinfo is UTC:
        return at  # as nearly all are: they come out of a ledger
    if at.utcoffset() is None:
        raise Invalid(f"The time {at} has no time zone, so nobody can tell when it is.")
    return at.astimezone(UTC)


def aimed(what: Step, at: datetime, reason: str, target_s: float, due: datetime | None) -> Entry:
    """An entry that sets a target; the reason says so if its fixed due time is over by then."""
    late = LATE_ON_ARRIVAL if due and due < at else ""
    return Entry(at, what, "; ".join(filter(None, (reason, late))), target_s, due)


def checked_target(seconds: float) -> float:
    """The target itself; Invalid for one of nothing or of more than 400 days."""
    if not (isfinite(seconds) and 0 < seconds <= LONGEST_S):
        raise Invalid("A target is more than nothing and at most 400 days.")
    return seconds


def last_turn(ledger: Sequence[Entry]) -> Entry:
    """The entry that says how the clock stands: running, paused, met or cancelled."""
    return last_of(TURNS, ledger)


def last_of(steps: Set[Step], ledger: Sequence[Entry]) -> Entry:
    """The last entry of a ledger that is one of these steps; the ledger must have one."""
    for entry in reversed(ledger):
        if entry.what in steps:
            return entry
    raise LookupError("a ledger without such a step")


def runs_of(ledger: Sequence[Entry]) -> list[Run]:
    """When the clock ran: from and until (None: still). A stop cuts off what came after its own time."""
    runs: list[Run] = []
    for entry in ledger:
        if entry.what in RUNS:
            runs.append((entry.at, None))
        elif entry.what in TURNS:
            runs = [(a, _earlier(b, entry.at)) for a, b in runs if a <= entry.at]
    return runs


def runs_unstopped(ledger: Sequence[Entry]) -> list[Run]:
    """The same as if the clock had not been stopped: what its due time is found by."""
    runs, turn = runs_of(ledger), last_turn(ledger)
    if turn.what in STOPS and runs and runs[-1][1] == turn.at:
        runs[-1] = (runs[-1][0], None)
    return runs


def warned_share(ledger: Sequence[Entry], target_s: float, fixed_due: datetime | None) -> int:
    """The highest percentage of this target that was warned of, or 0."""
    given = (entry for entry in ledger if entry.what is Step.WARNED)
    shares = (entry.share for entry in given if (entry.target_s, entry.fixed_due) == (target_s, fixed_due))
    return max((share for share in shares if share), default=0)


def is_breach_told(ledger: Sequence[Entry], target_s: float, fixed_due: datetime | None) -> bool:
    """Whether a breach of this target was noted, or of a stricter one; a fixed due counts by itself."""
    told = (entry for entry in ledger if entry.what is Step.BREACHED)
    if fixed_due is not None:
        return any(entry.fixed_due == fixed_due for entry in told)
    return any(entry.target_s is not None and entry.target_s <= target_s for entry in told)


def _earlier(end: datetime | None, at: datetime) -> datetime:
    return at if end is None or end > at else end
