"""What a campaign is called, as the encoder tags it: rules know only quotes, feasts and common nouns."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.detection.lists import table
from bot.detection.reading import Reading
from bot.detection.tags import Tag

_LEAST = 0.0  # log-odds from which a tagged name is taken
_THREAD = 0.5  # by this much a name of the thread must be surer than one of the message
_EDGES = " \n\t\"'“”„«»‘’`*_.,;:!?()[]<>"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def title(reading: Reading, context: Reading | None) -> str | None:
    """The surest name of a campaign in a message and its thread, as written; None where none is sure enough."""
    found = [*_titles(reading, 0.0), *(_titles(context, _THREAD) if context else ())]
    return max(found, default=(0.0, None))[1]


def tells_apart(name: str) -> bool:
    """Whether a campaign's name is more than what any campaign is called: not "Kampagne", not "our new launch"."""
    return any(word not in _generic() for word in _WORD.findall(name.casefold()))


def _titles(reading: Reading, doubt: float) -> Iterator[tuple[float, str]]:
    for span in reading.tagged.spans(Tag.NAME, _LEAST) if reading.tagged else ():
        words = reading.plain.written(span.start, min(span.end, len(reading.text))).strip(_EDGES)
        if tells_apart(words):
            yield span.sure - doubt, words


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(table("campaign")["generic"]["words"].split())
