"""The one real clock, and how fast the product's time runs by it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.pace import Pace

_paces = [Pace()]


def real_now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def utc_now() -> datetime:
    """The present moment of the product, in UTC: the real one, but in a demo that runs faster."""
    return _paces[-1].product(real_now())


def run_at(pace: Pace) -> None:
    """Let the product's time run at another pace, from here to the end of the program."""
    _paces.append(pace)
