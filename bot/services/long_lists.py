"""Lists that may be longer than a card should be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.messages import Line, say

Item = TypeVar("Item")


def first_lines(items: Sequence[Item], most: int, line: Callable[[Item], Line]) -> tuple[Line, ...]:
    """A line for each of the first items; where there are more of them, a last one says how many."""
    more = len(items) - most
    rest = (Line(say("… and {more} more", more=str(more))),) if more > 0 else ()
    return (*map(line, items[:most]), *rest)
