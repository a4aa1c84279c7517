"""The tools a company has, and when two spellings mean the same tool."""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from bot.domain.money import Money

_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:www\.)?", re.IGNORECASE)
_ENDINGS = (
    "com io ai co net org app dev de fr es pt uk eu me so to tv xyz cloud tech us in br mx ch at nl it be pl se dk "
    "no ie ca au design tools software studio link email chat digital marketing agency shop store online"
).split()
_ENDING = re.compile(r"(?<=\w)(?:\.(?:co|com|org))?\.(?:" + "|".join(_ENDINGS) + r")$")
_ARTICLE = re.compile(r"^the\s+(?=\S)")
_ACCENTS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\ufe00-\ufe0f\u200b-\u200f\u2060\ufeff]")


class ToolStatus(StrEnum):
    """Where a tool stands with the company; `unknown` means nobody has decided about it yet."""

    APPROVED = "approved"
    IN_REVIEW = "in_review"
    TRIAL = "trial"
    REJECTED = "rejected"
    RETIRING = "retiring"
    RETIRED = "retired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Decided:
    """Who decided about a tool, when, and under which version of the policy."""

    at: datetime
    by: str
    version: str = ""


@dataclass(frozen=True)
class Tool:
    """One tool: its usual name, category, website (with or without https://), other names, status, its owner's id.

    `category` is a key of the policy; `use`, what the market calls it more finely, is not kept in a catalogue.
    `yearly` is what it costs a year; notice is to be given `notice_days` before `renews_on`; a trial ends on
    `trial_until`. `note`: what it is approved for, or why it was rejected.
    """

    name: str
    category: str = ""
    website: str = ""
    aliases: tuple[str, ...] = ()
    status: ToolStatus = ToolStatus.UNKNOWN
    owner: str = ""
    use: str = ""
    yearly: Money | None = None
    seats: int | None = None
    renews_on: date | None = None
    notice_days: int = 0
    trial_until: date | None = None
    decided: Decided | None = None
    note: str = ""


Market = Callable[[str], Tool | None]


def unlisted(name: str) -> None:
    """A market on which no tool is known."""


def resolve(name: str, tools: Iterable[Tool]) -> Tool | None:
    """The tool meant by `name`: by name, alias or domain, else the one nearest misspelling; None in doubt."""
    wanted = topic(name)
    if not wanted:
        return None
    nearest: list[tuple[int, Tool]] = []
    for tool in tools:
        keys = spellings(tool)
        if wanted in keys:
            return tool
        gaps = [gap for key in keys if (gap := misspelling(wanted, key)) is not None]
        if gaps:
            nearest.append((min(gaps), tool))
    return _sole_nearest(nearest)


def spellings(tool: Tool) -> frozenset[str]:
    """The topics under which a tool is known: its name, its aliases, its domain."""
    return frozenset(key for text in (tool.name, *tool.aliases, domain(tool.website)) if (key := topic(text)))


@lru_cache(maxsize=16_384)
def topic(name: str) -> str:
    """The key under which spellings of one tool or campaign are the same; empty only for a blank name."""
    plain = _SCHEME.sub("", unicodedata.normalize("NFKC", name).strip())
    plain = _INVISIBLE.sub("", plain).casefold().strip(" \t\r\n/.,;:!?\"'“”„‘’`*_()[]<>")
    plain = _ARTICLE.sub("", _ENDING.sub("", plain))
    bare = "".join(char for char in plain if unicodedata.category(char)[0] in "LMN")
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", bare))
    bare = unicodedata.normalize("NFC", bare)
    return bare or _INVISIBLE.sub("", "".join(unicodedata.normalize("NFKC", name).casefold().split())) or name.strip()


def domain(address: str) -> str:
    """The host of a web address without www, in lower case; empty if there is none."""
    host = _SCHEME.sub("", address.strip()).split("/")[0].split("?")[0].split(":")[0].casefold()
    return host if "." in host else ""


def misspelling(written: str, meant: str) -> int | None:
    """Edits between two topics if few enough for their length to be a slip (same first letter), else None."""
    if written[:1] != meant[:1]:
        return None
    limit = slips(min(len(written), len(meant)))
    if abs(len(written) - len(meant)) > limit or len(set(written) ^ set(meant)) > 2 * limit:
        return None  # one edit changes two of the letters used at most
    gap = edits(written, meant)
    return gap if gap <= limit else None


def slips(length: int) -> int:
    """How many edits are still a slip in a topic of so many letters."""
    return 0 if length < 5 else 1 if length < 9 else 2


def edits(one: str, other: str) -> int:
    """Optimal string alignment distance: insert, delete, replace, or swap two neighbours (Damerau 1964)."""
    one, other = _unlike(one, other)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        now = [row]
        for column, right in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]


def _unlike(one: str, other: str) -> tuple[str, str]:
    """What is left of two texts without the beginning and the end they share, which cost no edit."""
    begin = len(os.path.commonprefix((one, other)))
    one, other = one[begin:], other[begin:]
    end = len(os.path.commonprefix((one[::-1], other[::-1])))
    return one[: len(one) - end], other[: len(other) - end]


def _sole_nearest(found: list[tuple[int, Tool]]) -> Tool | None:
    """The tool with the fewest edits, unless two share that place."""
    if not found:
        return None
    fewest = min(gap for gap, _ in found)
    best = [tool for gap, tool in found if gap == fewest]
    return best[0] if len(best) == 1 else None
