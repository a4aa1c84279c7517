"""Which of several names are out of the race: too slow, too dear, or making room for another in the same message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.detection.frames import expand
from bot.detection.lists import table
from bot.detection.literals import needed
from bot.detection.mentions import Marked


@dataclass(frozen=True)
class _Way:
    source: str
    needs: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first needs it."""
        return re.compile(self.source, re.IGNORECASE)


def ruled_out(marked: Marked) -> frozenset[str]:
    """The keys of the names that a text says are out; it means something only where another name is left."""
    low = marked.text.lower()
    ways = (way for way in _ways() if not way.needs or any(part in low for part in way.needs))
    groups = (found.groupdict() for way in ways for found in way.pattern.finditer(marked.text))
    left = (piece for group in groups for role, piece in group.items() if role.startswith("l") and piece)
    return frozenset(mention.key for piece in left for mention in marked.named(piece))


@lru_cache(maxsize=1)
def _ways() -> tuple[_Way, ...]:
    return tuple(_Way(expand(pattern), needed(pattern)) for pattern in _patterns())


def _patterns() -> Iterator[str]:
    told = table("ruled_out")
    yield from (f"{{-Q}}{after}" for after in told["after"])
    yield from (f"{before}{{d}}{{-Q}}" for before in told["before"])
    yield from told["makes_room"]
