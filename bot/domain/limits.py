"""What each of our systems takes at most, and whether a plan stays below it: the honest answer to "can we?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.amounts import UNITS, amount_of
from bot.domain.errors import Invalid

TIGHT_FROM = 0.8  # of what a system takes: from there on it is tight
SMALL = 100  # smaller figures stand for days, hours and versions, unless what is counted follows
MOST_CHARACTERS = 300
_NUMBER_WORDS = {"half a": "0.5", "a": "1", "one": "1", "two": "2", "three": "3", "five": "5", "ten": "10"}
_UNIT = "|".join(sorted((unit for unit in UNITS if unit), key=len, reverse=True))
_SPOKEN = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})\s+(million|thousand|lakh|crore)\b", re.IGNORECASE)
_FIGURE = re.compile(rf"(?<![\w:./-])(\d[\d.,']*\d|\d)\s?({_UNIT})?(?![\w:%])\s*(\w*)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FILLERS = frozenset(("a", "an", "the", "of", "for", "to", "with", "by", "from", "in", "on", "at", "once", "our"))


class Feasible(StrEnum):
    """How what is planned stands to what a system takes. `named`: without a figure to compare."""

    FITS = "fits"
    TIGHT = "tight"
    BEYOND = "beyond"
    IMPOSSIBLE = "impossible"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Limit:
    """What one system takes: at most `most` of a `unit`, such as 10,000 viewers at once.

    `words`: what people call it or what it is for (webcast, live stream); `cannot`: what it can't do at all;
    `owner`: whom to ask (a person's id, empty if nobody is named); `beyond`: what more would take; told by a
    person on a day. Raises Invalid for a limit of nothing.
    """

    system: str
    most: float
    unit: str
    words: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    owner: str = ""
    beyond: str = ""
    told_by: str = ""
    told_on: date = date.min

    def __post_init__(self) -> None:
        if not self.system.strip() or not self.unit.strip():
            raise Invalid("Name the system and what is counted, such as: viewers at once.", "system")
        if not self.most > 0:
            raise Invalid("A system that takes nothing is none. Give a number above zero, such as 10,000.", "most")


@dataclass(frozen=True, slots=True)
class Feasibility:
    """The answer: the system it is about, how it stands, and the figure it was compared with, None without one.

    `missing`: what the system can't do, where that was asked for.
    """

    limit: Limit
    stands: Feasible
    wanted: int | None = None
    missing: str = ""

    @property
    def times(self) -> float:
        """The wanted figure in multiples of what the system takes."""
        return (self.wanted or 0) / self.limit.most


def feasibility(limits: Sequence[Limit], question: str) -> Feasibility | None:
    """What is known on a question such as "can we stream to two million viewers?"; None if no system is meant."""
    limit = _meant(limits, question)
    if limit is None:
        return None
    missing = _longest(limit.cannot, question)
    if missing:
        return Feasibility(limit, Feasible.IMPOSSIBLE, None, missing)
    wanted = figure_in(question, limit.unit)
    return Feasibility(limit, _stands(wanted / limit.most) if wanted is not None else Feasible.NAMED, wanted)


def figure_in(question: str, unit: str = "") -> int | None:
    """The largest figure of a text: 2 million, two million, 400k, 12,000; no years, days or hours.

    Small ones count only before the first word of `unit`, such as 50 in "50 integrations".
    """
    first = next(iter(_stems(unit)), "")
    text = _SPOKEN.sub(lambda found: f"{_NUMBER_WORDS[found[1].lower()]} {found[2]}", question)
    return max((value for value in _figures(text, first)), default=None)


def _figures(text: str, counted: str) -> Iterable[int]:
    for figure, unit, after in _FIGURE.findall(text):
        is_counted = bool(counted) and _stem(after) == counted
        if not unit and not is_counted and _YEAR.fullmatch(figure):
            continue
        try:
            value = amount_of(f"{figure.rstrip('.,')} {unit}".strip())
        except Invalid:
            continue
        if value >= SMALL or is_counted:
            yield value


def _stands(share: float) -> Feasible:
    return Feasible.BEYOND if share > 1 else Feasible.TIGHT if share > TIGHT_FROM else Feasible.FITS


def _meant(limits: Sequence[Limit], question: str) -> Limit | None:
    """The system that is named at most length, and among several of one name the one that counts what is asked."""
    named = [(one, _longest((one.system, *one.words, *one.cannot), question)) for one in limits]
    asked = set(_stems(question))
    ranked = [(len(name), len(asked & set(_stems(one.unit))), one) for one, name in named if name]
    return max(ranked, key=lambda rank: rank[:2], default=(0, 0, None))[2]


def _longest(phrases: Iterable[str], question: str) -> str:
    """The longest phrase whose words are all in the question."""
    asked = set(_stems(question))
    inside = [one for one in phrases if (stems := set(_stems(one))) and stems <= asked]
    return max(inside, key=len, default="")


def _stems(words: str) -> list[str]:
    return [_stem(word) for word in re.findall(r"\w+", words.casefold()) if word not in _FILLERS]


def _stem(word: str) -> str:
    """Streams, stream and streaming are one word here."""
    plain = word.casefold()
    for end in ("ing", "es", "s", "e"):
        if plain.endswith(end) and len(plain) - len(end) >= 3:
            return plain.removesuffix(end)
    return plain
