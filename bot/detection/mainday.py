"""Which of the dates of a message and its thread is the campaign's: the first day of load or publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.detection.dates import Found
from bot.detection.lists import table
from bot.detection.reading import Reading

_REACH = 40  # characters to each side of a date that are read
_CLAUSE = re.compile(r"[.!?;:,()\n–—]|\s-\s|\b(?:and|but|und|aber|et|mais|y|pero|e|mas)\b")
_FROM = re.compile(r"\b(?:from|vom|von|du|del|do) (?:the )?$")
_TO = re.compile(r"^.{0,12}\b(?:to|auf|zum|au|al|para)\b")
_GIVEN_UP = re.compile(
    r"^\W{0,4}\b(?:sorry|no|nope|nein|pardon|perdón)\b"
    r"|^(?:['’]s| is| ist| est) (?:no good|out|off|taken|full|too (?:early|late|soon)|zu (?:früh|spät)|trop tôt)\b"
    r"|^ (?:won|doesn|does|isn|can)(?:['’]?t| not) (?:work|going|happening|possible)|^ (?:geht|passt|klappt) nicht"
    r"|^[^.,;!?\d]{0,12}(?:\bbecomes\b|\bwird zu\b|\bwar\b|\bwas\b|\? ?(?:no|nope|non|nein|não|nee)\b)"
)
_OPEN_QUOTE = re.compile('["“„«]$')
_NAME_BEFORE = re.compile(r"[\w,;:] (?!(?:On|This|Next|By|For|From|And|Until|Till)\b)[A-Z][a-z]+ $")
_NAME_AFTER = re.compile(
    r" (?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z][a-z]{3,}"
)
_ENGLISH = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_TIME = re.compile(r"\d:\d\d|\d ?[ap]m\b|\buhr\b|\bnoon\b", re.IGNORECASE)
_EVERYDAY = ("today", "now", "yesterday", "tomorrow")  # words for a day that any errand is told with
_EXPLICIT = ("iso", "month_day", "numeric", "dotted")  # kinds of dates that name their month
_NUMBERED = ("named_day", "day_of_month")  # those that number their day alone
# How much a date is doubted, and, below 0, trusted: log-odds, fitted by a logistic choice among the dates of each dated
# training message with several (436 of 1,391), and rounded; the past and what names no day are doubted more.
_PAST, _NO_DAY, _REFUSED, _LOOSE, _ERRAND, _THREAD, _EFFECT = 6.0, 4.0, 2.3, 3.0, 1.2, 2.6, 2.6
_END, _SPAN, _BESIDE = 5.0, 0.9, 0.75
_MAIN, _OPENS, _FULL, _NUMBER, _CLOCK, _FIRST = -2.0, -3.5, -1.8, -0.9, -1.4, -0.85


@dataclass(frozen=True)
class Candidate:
    """A date and the reading it stands in; `thread` if that is the thread, not the message."""

    found: Found
    reading: Reading
    thread: bool


def main(reading: Reading, context: Reading | None = None) -> Candidate | None:
    """The date that counts: one that is told in full rather than in passing, no end, not replaced, not past."""
    found = list(_candidates(reading, context))
    days = [one.found.day for one in found if one.found.day and one.found.day >= reading.sent_at]
    first = min(days, default=None)
    full = any(one.found.kind in (*_EXPLICIT, *_NUMBERED) for one in found)
    opening = found[0] if found else None
    return min(
        found,
        key=lambda one: (
            _doubt(one, first) + _FIRST * (one is opening) + _BESIDE * (full and one.found.kind in _EVERYDAY),
            one.thread,
            one.found.start,
        ),
        default=None,
    )


def _candidates(reading: Reading, context: Reading | None) -> Iterator[Candidate]:
    yield from (Candidate(found, reading, False) for found in reading.dates)
    if context:
        yield from (Candidate(found, context, True) for found in context.dates)


def _doubt(one: Candidate, first: date | None) -> float:
    """How little a date by itself looks like the day of load; `first` is the first day of all that are to come."""
    found, text = one.found, one.reading.text
    before, after = text[max(0, found.start - _REACH) : found.start].lower(), text[found.end :][:_REACH].lower()
    clause = f"{_CLAUSE.split(before.rstrip(' ('))[-1]} | {_CLAUSE.split(after.lstrip(' )'))[0]}"
    ends, refused = _ends(before), _refused(before, after, text)
    doubts = (
        (_LOOSE, found.loose or _is_named(found, text)),
        (_THREAD, one.thread),
        (_NO_DAY, found.day is None),
        (_PAST, found.day is not None and found.day < one.reading.sent_at),
        (_END, ends),
        (_REFUSED, refused),
        (_ERRAND, _cue("errand").search(clause)),
        (_EFFECT, _cue("effect").search(clause)),
        (_SPAN, found.kind == "span"),
        (_MAIN, _cue("main").search(clause)),
        (_OPENS, found.day == first and not (ends or refused) and _opens(clause, text)),
        (_FULL, found.kind in _EXPLICIT),
        (_NUMBER, found.kind in _NUMBERED),
        (_CLOCK, _TIME.search(found.text)),
    )
    return sum(doubt for doubt, seen in doubts if seen)


def _opens(clause: str, text: str) -> bool:
    """Whether load starts before the event: its booking opens, or mail goes out for somebody else's fair."""
    return bool(_cue("opens").search(clause) or _cue("sends").search(clause) and _cue("fairs").search(text))


def _is_named(found: Found, text: str) -> bool:
    """Whether an English weekday is part of a name: Pink Friday, the Sunday Times."""
    if found.kind != "weekday" or not (weekday := _ENGLISH.match(found.text)):
        return False
    before, after = text[max(0, found.start - _REACH) : found.start], text[found.start + weekday.end() :][:_REACH]
    return bool(_NAME_BEFORE.search(before) or _NAME_AFTER.match(after))


def _ends(before: str) -> bool:
    """Whether the words before a date say that something lasts until then, or is over."""
    return bool(_cue("until").search(before) or _cue("ends").search(before))


def _refused(before: str, after: str, text: str) -> bool:
    """Whether the words say that this is a deadline, a name, or a day that no longer holds."""
    if _cue("not_the_day").search(before) or _OPEN_QUOTE.search(before):
        return True
    left = _FROM.search(before) and _TO.search(after) and _cue("moved").search(text)
    return bool(left or _GIVEN_UP.search(after))


@lru_cache(maxsize=16)
def _cue(name: str) -> re.Pattern[str]:
    """The pattern of a list of cues, and where it has to stand."""
    after = {"until": r"(?: \w+)? ?$", "not_the_day": r"(?: \w+)? ?$", "ends": r"(?: \w+){0,3} ?$"}.get(name, "")
    return re.compile(rf"\b(?:{'|'.join(table('main_day')[name])})\b{after}", re.IGNORECASE)
