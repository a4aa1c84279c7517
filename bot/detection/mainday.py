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
    r"|^[^.,;!?\d]{0,12}(?:\bbecomes\b|\bwird zu\b|\bwar\b|\bwas\b|\? ?(?:no|nope|non|nein|não|nee)\b)"
)
_OPEN_QUOTE = re.compile('["“„«]$')
_NAME_BEFORE = re.compile(r"[\w,;:] (?!(?:On|This|Next|By|For|From|And|Until|Till)\b)[A-Z][a-z]+ $")
_NAME_AFTER = re.compile(
    r" (?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z][a-z]{3,}"
)
_ENGLISH = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_EVERYDAY = ("today", "now", "yesterday", "weekday", "tomorrow")  # words for a day that any errand is told with
# How much a date is doubted; a thread's date gives way to any plain one of the message, not to a feast or an errand.
_PAST, _NO_DAY, _REFUSED, _LOOSE, _ERRAND, _THREAD, _EFFECT = 8.0, 6.0, 4.0, 3.0, 3.0, 2.5, 1.0
_MAIN, _OPENS = -2.0, -0.5


@dataclass(frozen=True)
class Candidate:
    """A date and the reading it stands in; `thread` if that is the thread, not the message."""

    found: Found
    reading: Reading
    thread: bool


def main(reading: Reading, context: Reading | None = None) -> Candidate | None:
    """The date that counts: the first that is no end, not replaced, not past; feasts and weeks yield to days."""
    found = list(_candidates(reading, context))
    days = [one.found.day for one in found if one.found.day and one.found.day >= reading.sent_at]
    first = min(days, default=None)
    return min(found, key=lambda one: (_doubt(one, first), one.thread, one.found.start), default=None)


def _candidates(reading: Reading, context: Reading | None) -> Iterator[Candidate]:
    yield from (Candidate(found, reading, False) for found in reading.dates)
    if context:
        yield from (Candidate(found, context, True) for found in context.dates)


def _doubt(one: Candidate, first: date | None) -> float:
    """How little a date looks like the day of load: 0 for a plain one, higher for the rest."""
    found, text = one.found, one.reading.text
    before, after = text[max(0, found.start - _REACH) : found.start].lower(), text[found.end :][:_REACH].lower()
    clause = f"{_CLAUSE.split(before.rstrip(' ('))[-1]} | {_CLAUSE.split(after.lstrip(' )'))[0]}"
    doubts = (
        (_LOOSE, found.loose or _is_named(found, text)),
        (_THREAD, one.thread),
        (_NO_DAY, found.day is None),
        (_PAST, found.day is not None and found.day < one.reading.sent_at),
        (_REFUSED, _refused(before, after, text)),
        (_ERRAND, found.kind in _EVERYDAY and _cue("errand").search(clause)),
        (_EFFECT, _cue("effect").search(clause)),
        (_MAIN, _cue("main").search(clause)),
        (_OPENS, found.day == first and _opens(clause, text)),
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


def _refused(before: str, after: str, text: str) -> bool:
    """Whether the words say that this is the last day, a deadline, a name, or a day that no longer holds."""
    if _cue("not_the_day").search(before) or _cue("ends").search(before) or _OPEN_QUOTE.search(before):
        return True
    left = _FROM.search(before) and _TO.search(after) and _cue("moved").search(text)
    return bool(left or _GIVEN_UP.search(after))


@lru_cache(maxsize=16)
def _cue(name: str) -> re.Pattern[str]:
    """The pattern of a list of cues, and where it has to stand."""
    after = {"not_the_day": r"(?: \w+)? ?$", "ends": r"(?: \w+){0,3} ?$"}.get(name, "")
    return re.compile(rf"\b(?:{'|'.join(table('main_day')[name])})\b{after}", re.IGNORECASE)
