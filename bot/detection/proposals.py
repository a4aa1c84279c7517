"""Whether a message proposes a tool and asks what the others think, which is worth a question to its author."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.detection.frames import expand, negated
from bot.detection.lists import table
from bot.detection.mentions import Kind, Marked, signs

SURE = 0.8  # how sure it is then, at least: a normal channel asks
_NAME = re.compile(f"[{signs(Kind.KNOWN, Kind.UNKNOWN, Kind.WORD)}]")


def proposes(marked: Marked) -> bool:
    """Whether words of the text propose a tool it names, and no "not" stands before them."""
    if not _NAME.search(marked.text):
        return False
    return any(not negated(marked.text, found.start()) for found in _ways().finditer(marked.text))


@lru_cache(maxsize=1)
def _ways() -> re.Pattern[str]:
    ways = table("proposals")
    english = (way.replace("{opening}", ways["opening"]).replace("{taking}", ways["taking"]) for way in ways["english"])
    return re.compile("|".join(expand(way) for way in (*english, *ways["others"])), re.IGNORECASE)
