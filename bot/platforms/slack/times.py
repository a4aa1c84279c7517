"""Slack's way of writing a time: seconds since 1970 with six decimals, which is also a message's id."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(ts: str) -> datetime:
    """The time (UTC) of a `ts` such as "1700000000.000100"."""
    return datetime.fromtimestamp(float(ts), UTC)


def stamp(at: datetime) -> str:
    """A time as a `ts`."""
    return f"{at.timestamp():.6f}"
