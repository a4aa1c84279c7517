"""What is known in writing: articles, the passages they are quoted by, and who may read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.people import Role, Side, side_of

PASSAGE_MOST = 420  # characters: what one chat message quotes, and what an encoder reads of a text at once
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^a-z\s])")
_MARKUP = (
    (re.compile(r"!?\[([^\]]*)\]\(<?([^)\s>]+)>?[^)]*\)"), r"\1 (\2)"),
    (re.compile(r"\*\*(\S(?:.*?\S)?)\*\*|__(\S(?:.*?\S)?)__"), r"\1\2"),
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)


class Audience(StrEnum):
    """Who may read an article."""

    EVERYONE = "everyone"
    IT = "it"


@dataclass(frozen=True, slots=True)
class Article:
    """One article, known in its workspace by its title. `body`: Markdown. `updated`: when its words were last true.

    `lang`: an ISO 639-1 code. `review_on`: the day somebody should look at it again. `file`: what it is called in
    its folder.
    """

    title: str
    body: str
    owner: str
    updated: date
    audience: Audience
    lang: str = "en"
    review_on: date | None = None
    file: str = ""

    @property
    def key(self) -> str:
        """What makes two titles the same one: letters without case, blanks run together."""
        return title_key(self.title)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an article short enough to quote. `place`: the headings above it, empty at the article's beginning."""

    text: str
    place: str = ""


def title_key(title: str) -> str:
    """A title as articles are looked up by it."""
    return " ".join(title.casefold().split())


def readable(roles: Iterable[Role], *, is_guest: bool = False) -> tuple[Audience, ...]:
    """What a person with these roles may read. Guests never read what is only for IT, whatever they are called."""
    is_of_it = side_of(roles) is Side.IT and not is_guest
    return (Audience.EVERYONE, Audience.IT) if is_of_it else (Audience.EVERYONE,)


def passages(body: str) -> tuple[Passage, ...]:
    """An article's Markdown cut at headings and paragraphs; a list stays with the line before it where it fits.

    No passage is longer than PASSAGE_MOST, but for a single word or line of code that is.
    """
    found: list[Passage] = []
    for place, blocks in _sections(body):
        held = ""
        for part in (part for block in blocks for part in _fitting(block)):
            joined = f"{held}\n\n{part}" if held else part
            if held and len(joined) > PASSAGE_MOST:
                found.append(Passage(held, place))
                joined = part
            held = joined
        if held:
            found.append(Passage(held, place))
    return tuple(found)


def plain(text: str) -> str:
    """Markdown as words: links as “label (address)”, no stars and backticks."""
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text


def _sections(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each run of blocks under the same headings, with these: `Access › New starters`."""
    above: list[tuple[int, str]] = []
    blocks: list[str] = []
    for block in _blocks(body):
        heading = _HEADING.match(block)
        if heading is None:
            blocks.append(plain(block))
            continue
        if blocks:
            yield _place(above), blocks
        level, blocks = len(heading[1]), []
        above = [*(one for one in above if one[0] < level), (level, plain(heading[2]))]
    if blocks:
        yield _place(above), blocks


def _place(above: list[tuple[int, str]]) -> str:
    return " › ".join(words for _, words in above)


def _blocks(body: str) -> Iterator[str]:
    """Headings, paragraphs and fenced code, in their order."""
    held: list[str] = []
    is_fenced = False
    for line in [*body.splitlines(), ""]:
        is_fence = bool(_FENCE.match(line))
        if not is_fenced and (not line.strip() or _HEADING.match(line)):
            if held:
                yield "\n".join(held)
            held = []
            if line.strip():
                yield line.strip()
            continue
        if not is_fence:
            held.append(line.rstrip())
        is_fenced ^= is_fence
    if held:  # a fence that is never closed
        yield "\n".join(held).rstrip()


def _fitting(block: str) -> Iterator[str]:
    """A block, or its lines, sentences and at last words, so that each part fits."""
    if len(block) <= PASSAGE_MOST:
        yield block
        return
    for pieces, join in ((block.split("\n"), "\n"), (_SENTENCE_END.split(block), " "), (block.split(), " ")):
        if len(pieces) > 1:
            yield from _packed(pieces, join)
            return
    yield block


def _packed(pieces: list[str], join: str) -> Iterator[str]:
    held = ""
    for piece in pieces:
        joined = f"{held}{join}{piece}" if held else piece
        if held and len(joined) > PASSAGE_MOST:
            yield from _fitting(held)
            joined = piece
        held = joined
    if held:
        yield from _fitting(held)
