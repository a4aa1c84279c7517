"""A clock as it is stored: JSON, and the fields it is made of again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.ledger import ClockKind, Entry, in_utc
from bot.domain.people import Side


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


def plain(value: Any) -> Any:
    """The value of a clock's field as JSON."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [each.to_dict() if isinstance(each, Entry) else each for each in value]
    return value.value if isinstance(value, ClockKind | Side) else value


def _time(stored: str | None) -> datetime | None:
    return in_utc(datetime.fromisoformat(stored)) if stored else None
