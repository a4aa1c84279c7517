"""The possible names in a message and its thread, and what can be seen of each: what picking chooses from.

Seen are the words around a name, what kind of name it is, what the frames of the rules say of it, and its tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from bot.detection.enumeration import lists
from bot.detection.lists import not_names
from bot.detection.mentions import Kind, Mention, replaced, signs, unmarked
from bot.detection.reading import Reading
from bot.detection.rules import written
from bot.detection.tags import Tag, Tagged
from bot.domain.catalogue import topic

ROOM = 1 << 15  # buckets
EVIDENCE = 6  # numbers that tell of a candidate's tags
_SIGN = f"[{signs(*Kind)}]"
_TOKEN = re.compile(rf"{_SIGN}|\w+|[^\w\s]")
_REACH = 3  # tokens to each side
_EDGE = "|"
_FAR = 8.0  # log-odds beyond this say no more
_UNLIKELY = -3.0  # log-odds up to which a word after a name is no part of it
_OF_USE = re.compile(  # what one has of a tool, which is no part of its name
    r"(?: (?:pro|professional|business|plus|premium|team|teams|enterprise|basic|starter|standard))* (?:plans?|abos?"
    r"|subscriptions?|accounts?|licen[cs]es?|seats?|abonnements?|lizenz\w*|tiers?|trials?)\b",
    re.IGNORECASE,
)
_LEGAL_FORM = re.compile(r"(?:Pte|Pvt|Ltd|Limited|LLC|Inc|GmbH|AG|SARL|SAS|Ltda|Lda|BV|B\.V|PLC|plc|Corp)[.,]?")
_STRAY = frozenset("your our my their his her no not yes".split())
_CAPITALS = re.compile(r"(?: [A-ZÀ-Þ][\w-]*){1,3}")


@dataclass(frozen=True)
class Candidate:
    """A possible name as written, where it stands, and what can be seen of it: as buckets, and by its tags.

    `place` is t for the text and c for its thread. `evidence` (EVIDENCE) is None where the encoder was not asked,
    `kind` where only the encoder sees a name. `site`: it is a part of an address. Names with the same number of their
    `listing` stand in one list.
    """

    name: str
    key: str
    place: str
    start: int
    end: int
    buckets: tuple[int, ...]
    evidence: tuple[float, ...] | None = None
    kind: Kind | None = None
    site: bool = False
    listing: int = -1

    def overlaps(self, other: Candidate) -> bool:
        """Whether two candidates stand, at least in part, in the same place."""
        return self.place == other.place and self.start < other.end and other.start < self.end

    def listed_with(self, other: Candidate) -> bool:
        """Whether both stand in one list, each in a place of its own."""
        return (self.place, self.listing) == (other.place, other.listing) and not self.overlaps(other)


def candidates(reading: Reading, context: Reading | None) -> list[Candidate]:
    """All possible names of a message and of its thread, those that only the encoder sees at the end of each."""
    found = _numbered(reading, _of_text(reading, "t", context is not None))
    named = {one.key for one in found}
    more = _numbered(context, _of_text(context, "c", bool(named))) if context else []
    return found + [one for one in more if one.key not in named]


def _numbered(reading: Reading, found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of one text with the numbers of their lists."""
    known = list(found)
    numbers = lists(reading.text, [(one.start, one.end) for one in known])
    return [replace(one, listing=number) for one, number in zip(known, numbers, strict=True)]


def _of_text(reading: Reading, place: str, also: bool) -> Iterator[Candidate]:
    """The candidates of one text; `also` says whether there are a thread, or names in the text, as well."""
    mentions = reading.marked.mentions
    yield from _seen(reading, mentions, place, also)
    if reading.tagged is None:
        return
    known = {_named_place(reading, mention) for mention in mentions}
    for start, end in sorted(set(_tagged_places(reading, reading.tagged)) - known):
        if end <= len(reading.text):
            other = _mention(reading, start, end)
            rest = [one for one in mentions if one.end <= start or one.start >= end]
            marked = replaced(unmarked(reading.text), sorted([*rest, other], key=lambda one: one.start))
            for one in _seen(replace(reading, marked=marked), (other,), place, also):
                yield replace(one, kind=None)


def _tagged_places(reading: Reading, tagged: Tagged) -> Iterator[tuple[int, int]]:
    """Where the encoder sees a name, and where a name stands with words behind it that may belong to it: a vendor's
    product is often the vendor's name and ordinary words with capitals."""
    named = {mention.start: mention.end for mention in reading.marked.mentions if mention.kind is Kind.KNOWN}
    for span in tagged.spans(Tag.TOOL):
        start, end = trimmed(reading.text, span.start, span.end)
        if end <= named.get(start, end) or not _is_of_use(reading.text, named[start], end):
            yield start, end
    for mention in reading.marked.mentions:
        for word in re.finditer(r"\S+", _capitals(reading.text, mention.end)):
            start, end = mention.end + word.start(), mention.end + word.end()
            if (tagged.sure(Tag.TOOL, start, end) or _UNLIKELY) <= _UNLIKELY:
                break
            if not _is_of_use(reading.text, mention.end, end):
                yield mention.start, end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without what is no part of a name at its ends: "your", "no", a firm's legal form; the whole place where
    nothing else would be left."""
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", text[start:end])]
    while words and _is_stray(text[slice(*words[0])]):
        words = words[1:]
    while words and (_is_stray(last := text[slice(*words[-1])]) or _LEGAL_FORM.fullmatch(last)):
        words = words[:-1]
    return (words[0][0], words[-1][1]) if words else (start, end)


def _is_stray(word: str) -> bool:
    return word.casefold() in not_names() or word.casefold() in _STRAY


def _is_of_use(text: str, start: int, end: int) -> bool:
    """Whether words after a name speak of what one has of the tool: "Figma Pro subscription" names no product."""
    found = _OF_USE.match(text, start)
    return found is not None and end <= found.end()


def _capitals(text: str, at: int) -> str:
    """The words with capitals that follow a place, with the blanks before them."""
    found = _CAPITALS.match(text, at)
    return found.group() if found else ""


def _mention(reading: Reading, start: int, end: int) -> Mention:
    """A name that only the encoder sees."""
    name = reading.text[start:end]
    kind = Kind.LOWER if name.islower() else Kind.UNKNOWN
    return Mention(start, end, name, kind, topic(name) or name.casefold())


def _seen(reading: Reading, mentions: tuple[Mention, ...], place: str, also: bool) -> Iterator[Candidate]:
    """What is seen of some of the mentions of a reading."""
    tokens = _TOKEN.findall(reading.marked.text)
    at = [number for number, token in enumerate(tokens) if re.match(_SIGN, token)]
    kinds = {number: mention.kind for number, mention in zip(at, reading.marked.mentions, strict=False)}
    words = [f"nam{kinds[number].value}" if number in kinds else token.lower() for number, token in enumerate(tokens)]
    sure = sum(kind <= Kind.UNKNOWN for kind in kinds.values())
    for number, mention in zip(at, reading.marked.mentions, strict=False):
        if mention not in mentions:
            continue
        seen = [*_around(words, number), *_own(reading, mention), f"sure {min(sure, 4)} {mention.kind.value}"]
        seen += [f"place {place} {also}", f"first {number == at[0]}", f"count {min(len(at), 5)}"]
        buckets = tuple(sorted({crc32(f"{place}{one}".encode("utf-8", "surrogatepass")) % ROOM for one in seen}))
        start, end = _named_place(reading, mention)
        evidence = _evidence(reading.tagged, start, end) if reading.tagged else None
        yield Candidate(
            written(reading, mention), mention.key, place, start, end, buckets, evidence, mention.kind,
            site=end - start < mention.end - mention.start,
        )  # fmt: skip


def _named_place(reading: Reading, mention: Mention) -> tuple[int, int]:
    """Where the name itself stands, which in an address is only a part of the mention."""
    within = reading.text[mention.start : mention.end].casefold().find(mention.name.casefold())
    start = mention.start + max(0, within)
    return (start, start + len(mention.name)) if within >= 0 else (mention.start, mention.end)


def _evidence(tagged: Tagged, start: int, end: int) -> tuple[float, ...]:
    """What the tags say of a place: their mean and least, the beginning, whether the span goes on to left and right,
    and whether it was read at all."""
    at = tagged.pieces(start, end)
    if not len(at):
        return (0.0,) * (EVIDENCE - 1) + (1.0,)
    inside, begins = tagged.inside[:, Tag.TOOL], tagged.begins[:, Tag.TOOL]
    first, last = int(at[0]), int(at[-1])
    left = min(inside[first - 1], -begins[first]) if first else -_FAR
    right = min(inside[last + 1], -begins[last + 1]) if last + 1 < len(inside) else -_FAR
    numbers = np.array([inside[at].mean(), inside[at].min(), begins[first], left, right])
    return (*np.clip(numbers, -_FAR, _FAR).tolist(), 0.0)


def _around(words: list[str], at: int) -> Iterator[str]:
    """The words near a name, by distance, near ones also in pairs and together with the kind of name."""
    padded = [_EDGE] * _REACH + words + [_EDGE] * _REACH
    at += _REACH
    for away in range(1, _REACH + 1):
        yield f"-{away} {padded[at - away]}"
        yield f"+{away} {padded[at + away]}"
    yield f"-- {padded[at - 2]} {padded[at - 1]}"
    yield f"++ {padded[at + 1]} {padded[at + 2]}"
    yield f"-+ {padded[at - 1]} {padded[at + 1]}"
    yield f"k- {padded[at]} {padded[at - 1]}"
    for word in set(words[max(0, at - _REACH - 8) : at - _REACH]):
        yield f"before {word}"


def _own(reading: Reading, mention: Mention) -> Iterator[str]:
    """What a name is like by itself, and what the frames say of it."""
    adopted = any(one.key == mention.key for one in reading.roles.adopted)
    left = any(one.key == mention.key for one in reading.roles.left)
    yield f"kind {mention.kind.value} {mention.listed}"
    yield f"role {adopted} {left}"
    yield f"role {adopted} {left} {mention.kind.value} {mention.listed}"
    yield f"signs {any(sign in mention.name for sign in '.-')} {mention.name[-1:].isdigit()} {' ' in mention.name}"
    yield f"case {mention.name.isupper()} {mention.name.islower()} {min(len(mention.name), 12) // 3}"
    low = f" {mention.name.casefold()} "
    yield from (f"run {low[start : start + 3]}" for start in range(len(low) - 2))
