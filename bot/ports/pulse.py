"""What the core needs for the pulse: the store of its sums, and seals that only the edge and a handler can open."""

from __future__ import annotations

from typing import Protocol

from bot.domain.people import Side
from bot.domain.pulse import Pulse


class Pulses(Protocol):
    """The answers of each side and month, one record each."""

    def get(self, workspace: str, month: str, side: Side) -> Pulse:
        """One record, locked for this unit of work; an empty one where there is none."""

    def save(self, pulse: Pulse) -> None:
        """Store a record in place of what was there."""


class Sealer(Protocol):
    """Seals what nobody may read on its way, with the key of this installation."""

    def seal(self, words: str) -> str:
        """Some words as nobody can read them without the key; the same words never look the same twice."""

    def unseal(self, sealed: str) -> str:
        """The words again. Raises Invalid for what was not sealed here."""

    def ballot(self, *parts: str) -> str:
        """What tells equal parts from others, and nothing else without the key."""
