"""Answers of a chat platform that are kept for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Remembered(Generic[T]):
    """Answers kept for a while, for use from any thread. Errors are not kept."""

    seconds: float
    _kept: dict[str, tuple[float, T]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, name: str, ask: Callable[[], T]) -> T:
        """What is known about a name, asked for if it is not or no longer."""
        with self._lock:
            kept = self._kept.get(name)
        if kept and time.monotonic() - kept[0] < self.seconds:
            return kept[1]
        answer = ask()
        with self._lock:
            self._kept[name] = (time.monotonic(), answer)
        return answer
