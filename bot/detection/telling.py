"""The words of a message that say it most: what a person is shown as the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.detection import intent
from bot.detection.mentions import Kind, Marked, signs
from bot.detection.reading import Reading
from bot.domain.detection import CAMPAIGN, NEW_TOOL

# A full stop after one or two digits is a German day of the month: 5. Dezember.
_CLAUSE = re.compile(r"[^,;.!?:\n]+(?:(?:[,.:](?=\S)|(?:(?<=\D\d)|(?<=\D\d\d))\.(?=\s[^\W\d]))[^,;.!?:\n]+)*")
_SIGN = re.compile(f"[{signs(*Kind)}]")
_SAYS = 3  # letters that a clause must have


def telling_words(reading: Reading, labels: Sequence[str]) -> str:
    """The clause of a message with the strongest cues for these labels, as written but without markup."""
    clauses = [clause for clause in _CLAUSE.findall(reading.marked.text) if sum(map(str.isalpha, clause)) >= _SAYS]
    if not clauses:
        return ""
    best = max(clauses, key=lambda clause: _weight(reading, clause, labels))  # of equals the first
    return " ".join(_unmarked(reading.marked, best).split())


def _weight(reading: Reading, clause: str, labels: Sequence[str]) -> float:
    found = 0.0
    if NEW_TOOL in labels:
        frames = [frame.weight for frame in reading.roles.frames if frame.weight > 0 and frame.pattern.search(clause)]
        cues = [cue.weight for cue in intent.cues_of("new_tool") if cue.hits(clause.lower())]
        found += max((*frames, *cues), default=0.0) + 0.3 * bool(_SIGN.search(clause))
    if CAMPAIGN in labels:
        plain = _unmarked(reading.marked, clause)
        found += sum(
            _best_by_role((cue.role, cue.weight) for cue in intent.cues_of("campaign") if cue.hits(plain.lower()))
        )
        found += 0.3 * any(day.text in plain for day in reading.dates)
    return found


def _best_by_role(cues: Iterable[tuple[str, float]]) -> Iterable[float]:
    best: dict[str, float] = {}
    for role, weight in cues:
        best[role] = max(weight, best.get(role, 0.0))
    return best.values()


def _unmarked(marked: Marked, piece: str) -> str:
    """A piece of the marked text with the names in their places again."""
    names = iter(marked.named(piece))
    return _SIGN.sub(lambda _: next(names).name, piece)
