"""Which names of a text stand in one list ("A, B or C"): what is said of one of them is often said of all."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AND = frozenset("and or vs versus und oder y o u et ou e ya".split())
_SIGNS = frozenset(",;/&+|\n")
_PART = re.compile(r"\w+|[^\w\s]|\n")
_FARTHEST = 30  # characters between two names of a list
_NEAR = 5  # names before one that are looked at


def lists(text: str, places: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the list that each place (start, end) stands in; one that stands alone has its own."""
    numbers = list(range(len(places)))
    order = sorted(numbers, key=lambda at: places[at])
    for rank, at in enumerate(order):
        for before in order[max(0, rank - _NEAR) : rank]:
            end, start = places[before][1], places[at][0]
            if end < start <= end + _FARTHEST and _goes_on(text[end:start]):
                old, new = numbers[at], numbers[before]
                numbers = [new if number == old else number for number in numbers]
    return numbers


def _goes_on(gap: str) -> bool:
    """Whether what stands between two names makes them a list: signs, numbers, and no word but "and" or "or"."""
    parts = _PART.findall(gap.casefold())
    return all(not part.isalpha() or part in _AND for part in parts) and any(
        part in _AND or part in _SIGNS for part in parts
    )
