"""Possible names in a text, and the text with each of them replaced by one private character."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.detection.lists import tools_by_topic

_BASE, _ROOM = 0xE000, 0x100  # the private use area, divided by kind
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Kind(IntEnum):
    """How sure a word is a tool's name, surest first."""

    KNOWN = 0
    UNKNOWN = 1  # a capital and no dictionary word
    WORD = 2  # a capital and a dictionary word
    LOWER = 3  # no capital, no dictionary word
    ORDINARY = 4  # an ordinary word, no capital, that is also a tool


@dataclass(frozen=True)
class Mention:
    """A possible name: its place in the plain text, the name as written there, its kind and topic."""

    start: int
    end: int
    name: str
    kind: Kind
    key: str

    @property
    def listed(self) -> bool:
        """Whether the shipped list knows the name."""
        return self.key in tools_by_topic()


@dataclass(frozen=True)
class Marked:
    """A text in which each mention is one private character, and the mentions in order."""

    text: str
    mentions: tuple[Mention, ...]

    def named(self, piece: str) -> list[Mention]:
        """The mentions that stand in a piece of the marked text."""
        by_kind: dict[Kind, list[Mention]] = {}
        for mention in self.mentions:
            by_kind.setdefault(mention.kind, []).append(mention)
        found = []
        for char in _PRIVATE.findall(piece):
            kind, index = divmod(ord(char) - _BASE, _ROOM)
            found.append(by_kind[Kind(kind)][index])
        return found


def signs(*kinds: Kind) -> str:
    """The inside of a character class that matches mentions of these kinds."""
    return "".join(f"{chr(_BASE + _ROOM * kind)}-{chr(_BASE + _ROOM * (kind + 1) - 1)}" for kind in kinds)


def replaced(text: str, found: Iterable[Mention]) -> Marked:
    """The text with the mentions, which come in its order, marked; at most 256 of a kind."""
    pieces: list[str] = []
    kept: list[Mention] = []
    counts = dict.fromkeys(Kind, 0)
    position = 0
    for mention in found:
        if counts[mention.kind] >= _ROOM:
            continue
        pieces += [text[position : mention.start], chr(_BASE + _ROOM * mention.kind + counts[mention.kind])]
        counts[mention.kind] += 1
        kept.append(mention)
        position = mention.end
    return Marked("".join(pieces) + text[position:], tuple(kept))


def unmarked(text: str) -> str:
    """The text without private characters of its own, each a blank instead."""
    return _PRIVATE.sub(" ", text)
