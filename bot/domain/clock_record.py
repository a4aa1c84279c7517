"""A clock as it is stored: JSON, and the fields it is made of again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.domain.ledger import ClockKind, Entry, in_utc
from bot.domain.people import Side

if TYPE_CHECKING:
    from bot.domain.clock import Clock


def clock_fields(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the clock that was stored; what an older version lacks is left out.

    Raises AttributeError, KeyError, TypeError or ValueError if it is none.
    """
    needed = {
        "kind": ClockKind(stored["kind"]),
        "owed_by": Side(stored["owed_by"]),
        "target_s": stored["target_s"],
        "ledger": tuple(Entry.from_dict(entry) for entry in stored["ledger"]),
        "cycle": stored["cycle"],
        "shares": tuple(stored["shares"]),
        "calendar_version": stored["calendar_version"],
    }
    times = {name: _time(stored.get(name)) for name in ("fixed_due", "due_at")}
    return needed | times | {name: str(stored[name]) for name in ("person", "counted_in") if name in stored}


def stored(clock: Clock) -> dict[str, Any]:
    """The clock as JSON."""
    return {
        "kind": str(clock.kind),
        "owed_by": str(clock.owed_by),
        "target_s": clock.target_s,
        "ledger": [entry.to_dict() for entry in clock.ledger],
        "cycle": clock.cycle,
        "shares": list(clock.shares),
        "calendar_version": clock.calendar_version,
        "fixed_due": _iso(clock.fixed_due),
        "person": clock.person,
        "counted_in": clock.counted_in,
        "due_at": _iso(clock.due_at),
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _time(stored: str | None) -> datetime | None:
    return in_utc(datetime.fromisoformat(stored)) if stored else None
