"""Dates in a message, resolved from the day it was sent.

Conventions: a weekday is the next such day after today; "next Friday" is the Friday of the following week;
numeric dates are day first, month first for American writers or where nothing else is a date; a range counts
from its first day; what names no day (a month, a quarter) has no day."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from bot.detection import feasts, language
from bot.detection.days import RESOLVERS, Resolver, any_of, numbers, reads_month_first
from bot.detection.lists import table

_TIME = (
    r"(?:,? ?(?:at |um |à |a las |às |@ ?|ab |gegen )?\d{1,2}(?:[:.h]\d{2})? ?"
    r"(?:am|pm|uhr|uur|h|cet|utc|gmt|est|pt|[ap]|[ap]\.m\.?)(?!\w)(?: [A-Z]{2,4}\b)?"
    r"| (?:morning|noon|night|evening|afternoon|midnight)\b|,? (?:at )?\d{1,2}:\d{2}\b)?"
)
_AMERICAN = re.compile(
    r"\b(?:E[SD]?T|P[SD]?T|C[SD]T|M[SD]T|(?:\d|\d[ap]m?|noon) CT)\b"
    r"|\b(?i:labor day|memorial day|4th of july|super ?bowl|thanksgiving|presidents.? day|y'all)\b"
)
_LEAD = re.compile(r"[ ,]*(?:(?:from|on|by|until|till|for|at|out|starts?|am|ab|vom|bis|zum) )?", re.IGNORECASE)
CLOCK = re.compile(  # a time of day on no day
    r"\b(?:at |um |à |a las |às )?(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)? ?(?:am\b|pm\b|[ap]\.m\.|uhr\b)"
    r"|(?:[01]?\d|2[0-3])[:h][0-5]\d\b(?!:)|(?:at )?noon\b)"
    r"|\b(?:à|às) (?:[01]?\d|2[0-3])h\b|\ba las (?:[01]?\d|2[0-3])\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?] |\n")
_VERB = r"(?:be|have|not|need|also|take|get|come|still|well|want|see|or)\b"  # after the verb "may"
_EXPLICIT = ("iso", "month_day", "numeric", "dotted")  # kinds of dates that name their month
_CLASS = re.compile(r"\\.|\[[^\]]*\]")  # in a pattern: what may look like a bracket or a bar and is none
_BRACKETS = re.compile(r"\((?P<number>\?P<(?:one|day|week)>)?[^()]*\)(?P<spared>[?*])?")
_SIGN = re.compile(r"(?:\{[A-Z]+\}|/)(?![?*])")
_MOST = 60  # dates of a message that are read


@dataclass(frozen=True)
class Found:
    """A date in a text: its place and words, its day if it names one, and how it is written (`as` of its reading)."""

    start: int
    end: int
    text: str
    day: date | None
    kind: str = ""
    loose: bool = False  # only a feast, a week or midnight


@dataclass(frozen=True)
class _Reading:
    """One way of writing a date; `needs` are the signs that a text has if it has such a date."""

    source: str
    resolver: Resolver
    kind: str
    loose: bool
    needs: frozenset[str] = frozenset()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first needs it."""
        return re.compile(self.source, re.IGNORECASE)


def find(text: str, sent_at: date, american: bool = False) -> list[Found]:
    """All dates of a text in its order; overlapping ones count once, the fuller reading first."""
    with_feasts = feasts.search(text) is not None
    if not (with_feasts or _hint().search(text)):
        return []
    month_first = american or _month_first(text, sent_at)
    taken: list[Found] = []
    for reading, match in _matches(text, with_feasts):
        if len(taken) >= _MOST:
            break
        if any(match.start() < one.end and one.start < match.end() for one in taken):
            continue
        try:
            day = reading.resolver(match, sent_at, month_first)
        except (ValueError, OverflowError):  # 31 April, a week 54: no date at all
            continue
        taken.append(_found(match, day, reading))
    return _in_its_month(text, sorted(_without_my(text, taken), key=lambda one: one.start))


def _matches(text: str, with_feasts: bool) -> Iterator[tuple[_Reading, re.Match[str]]]:
    """What the readings find in a text, reading by reading; those that can't find anything are left out."""
    there = {sign for sign, pattern in _glances().items() if pattern.search(text)}
    for reading in _readings()[0 if with_feasts else 1 :]:
        if reading.needs <= there:
            yield from ((reading, match) for match in reading.pattern.finditer(text))


def _found(match: re.Match[str], day: date | None, reading: _Reading) -> Found:
    """A match as a date, without the preposition before it and the comma after it."""
    text = match.group()
    lead = _LEAD.match(text)
    start = match.start() + (lead.end() if lead else 0)
    words = text[lead.end() if lead else 0 :].rstrip(" ,")
    return Found(start, start + len(words), words, day, reading.kind, reading.loose)


def _in_its_month(text: str, found: list[Found]) -> list[Found]:
    """The dates in order; in one sentence, a bare "28th" after "4 Nov" is of that month, too."""
    read: list[Found] = []
    anchor: Found | None = None
    for one in found:
        anchor = one if one.kind in _EXPLICIT else anchor
        bare = anchor and one.kind == "day_of_month" and not _SENTENCE.search(text[anchor.end : one.start])
        read.append(replace(one, day=_of_month(anchor.day, one.day)) if bare and anchor else one)
    return read


def _of_month(anchor: date | None, day: date | None) -> date | None:
    """The day with that number in the later month of `anchor`, if it is not before it."""
    if anchor is None or day is None or day >= anchor:
        return day
    fits = anchor.day <= day.day <= monthrange(anchor.year, anchor.month)[1]
    return anchor.replace(day=day.day) if fits else day


def _without_my(text: str, found: list[Found]) -> list[Found]:
    """The dates without the French "Mon" (my), which is no Monday."""
    if any(one.text == "Mon" for one in found) and language.guess(text) == "fr":
        return [one for one in found if one.text != "Mon"]
    return found


def _month_first(text: str, sent_at: date) -> bool:
    """Whether some numeric date can only be read month first, or the words are an American's."""
    return bool(_AMERICAN.search(text)) or any(_only_month_first(match, sent_at) for match in _pair().finditer(text))


def _only_month_first(match: re.Match[str], sent_at: date) -> bool:
    try:
        return reads_month_first(match, sent_at)
    except ValueError:  # 2/30: no date at all
        return False


@lru_cache(maxsize=1)
def _pair() -> re.Pattern[str]:
    """Numeric dates, such as 3/9, with the weekday and the year beside them."""
    readings = table("dates")["readings"]
    pattern = next(one["pattern"] for one in readings if one["as"] == "numeric" and "<year>" in one["pattern"])
    return re.compile(_filled(pattern), re.IGNORECASE)


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """What every date but a feast has somewhere: a digit, or a word for a day. Spares most messages the long way."""
    counts, months = any_of(numbers("counts")), any_of(_sure("months"))
    names = "|".join((*table("dates")["hints"], any_of(_sure("weekdays"))))
    soon = rf"(?:in|dans|en|em) (?:like |about |just )?(?:{counts}|half|the) "
    month = rf"(?:in|im|en|em|early|mid|late|mitte|ende|anfang|fin|(?:first|second|third|fourth) of) ?(?:{months})"
    return re.compile(rf"\d|\b(?:{names}|{soon}|{month})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _readings() -> tuple[_Reading, ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[_Reading]:
    yield _Reading(feasts.source(), lambda match, sent_at, american: feasts.day(match, sent_at), "feast", True)
    for reading in table("dates")["readings"]:
        pattern, kind = reading["pattern"], reading["as"]
        yield _Reading(_filled(pattern), RESOLVERS[kind], kind, reading.get("loose", False), needs(pattern))


def needs(pattern: str) -> frozenset[str]:
    """The signs of a pattern of the table that no match can do without: those outside brackets, and numbered days."""
    bare, before = _CLASS.sub("", pattern), ""
    while bare != before:
        before, bare = bare, _BRACKETS.sub(_number, bare)
    kept = [] if "|" in bare else _SIGN.findall(bare)
    return frozenset("{W}" if sign in ("{WS}", "{WN}") else sign for sign in kept) & _glances().keys()


def _number(brackets: re.Match[str]) -> str:
    """What counts of brackets in a pattern: a number that has to be there."""
    return "{D}" if brackets["number"] and not brackets["spared"] else ""


@lru_cache(maxsize=1)
def _glances() -> Mapping[str, re.Pattern[str]]:
    """Whether a text has anything at all that a sign stands for."""
    names = {"{M}": any_of(_sure("months")), "{W}": any_of(numbers("weekdays"))}
    sources = {"/": "/", "{D}": r"\d", **{sign: rf"{name}\b" for sign, name in names.items()}}
    return {sign: re.compile(source, re.IGNORECASE) for sign, source in sources.items()}


def _filled(pattern: str) -> str:
    """A pattern of the table with its signs replaced."""
    for sign, part in _signs().items():
        pattern = pattern.replace(sign, part)
    return pattern


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    weekdays = any_of(numbers("weekdays"))
    sure, months = (any_of(_sure(kind)) for kind in ("weekdays", "months"))
    return {
        "{D}": r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.|ª|º|°)?",
        "{M}": rf"(?P<month>{months})\b\.?(?!(?<=may) {_VERB})",
        "{W}": rf"(?P<weekday>{weekdays})\b\.?",
        "{WS}": rf"(?P<weekday>{sure})\b\.?",
        "{WN}": rf"\b(?P<named>{weekdays})\b\.?,? ?\(?(?:the |den |dem |le |el |l'|am |dia |d[ií]a )?",
        "{W0}": rf"(?:\b(?P<named>{weekdays})\b\.?,? ?\(?(?:the |den |dem |le |el |am |dia |d[ií]a )?)?",
        "{MORE}": (
            r"(?:\s?(?:-|–|—|/|\+|&|,|to|and|through|thru|bis|und|au|et|al|a|y|e|até|until|till)\s?"
            r"(?:the |den |le |el |zum )?(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|\.)?(?![\d,.]*\d)){0,4}"
        ),
        "{NAMES}": weekdays,
        "{NTH}": rf"(?P<nth>{any_of(numbers('ordinals'))})",
        "{T}": _TIME,
        "{COUNT}": rf"(?P<count>\d{{1,2}}|{any_of(numbers('counts'))})",
    }


def _sure(kind: str) -> list[str]:
    """The names that are no other words."""
    return [name for name in numbers(kind) if name not in table("dates")[f"unsure_{kind}"].split()]
