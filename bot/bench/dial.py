"""A clock that is set by hand."""

from __future__ import annotations

from datetime import datetime


class Dial:
    """Implements bot.ports.Now."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """The time it shows."""
        return self.at
