"""Messages that are nearly the same: by the share of runs of five characters they have in common (Jaccard)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.detection.training.corpus import Row

NEAR = 0.6
_SIZE = 5  # characters
_USUAL = 60  # a run in more messages than this says nothing of two of them
_SHORT = 16  # characters; anybody says "ok, thanks"


def pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row, float]]:
    """The pairs of rows that are nearly the same, with the share they have in common, in the order of the rows."""
    rows = [row for row in rows if len(row.context) + len(row.text) > _SHORT]
    runs = [_runs(row) for row in rows]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        for other in sorted(_candidates(own, holders)):
            common = len(own & runs[other]) / len(own | runs[other])
            if common > NEAR:
                yield rows[other], rows[number], common
        for run in own:
            holders[run].append(number)


def _candidates(own: frozenset[str], holders: dict[str, list[int]]) -> set[int]:
    """Rows that share at least a quarter of the telling runs."""
    telling = [held for run in own if 0 < len(held := holders.get(run, [])) <= _USUAL]
    hits = Counter(number for held in telling for number in held)
    return {number for number, count in hits.items() if count * 4 >= len(telling)}


def _runs(row: Row) -> frozenset[str]:
    """The runs of text and context: the same short answer to two questions is two messages."""
    text = re.sub(r"\W+", " ", f"{row.context} {row.text}".lower()).strip()
    return frozenset(text[start : start + _SIZE] for start in range(max(1, len(text) - _SIZE + 1)))
