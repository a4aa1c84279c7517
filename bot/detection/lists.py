"""The lists and tables that detection reads, each loaded once, on first use."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.domain.catalogue import Tool, domain, misspelling, topic

_ADDRESS = re.compile(r"^[\w.-]+\.\w{2,}$")


@dataclass(frozen=True)
class KnownTool:
    """A tool of the shipped list; `ordinary` ones are also ordinary words (Drift, Later, Front)."""

    tool: Tool
    ordinary: bool


@lru_cache(maxsize=1)
def shipped_tools() -> tuple[KnownTool, ...]:
    """All tools of the shipped list, in its order."""
    with _data("catalogue.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_known(row) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def tools_by_topic() -> Mapping[str, KnownTool]:
    """The shipped tools by every topic they are written under; the first row wins."""
    found: dict[str, KnownTool] = {}
    for known in shipped_tools():
        for text in (known.tool.name, *known.tool.aliases, _label(known.tool)):
            if key := topic(text):
                found.setdefault(key, known)
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def openers() -> frozenset[str]:
    """The topics of the first words of tools whose name has several: only after them a longer name is looked for."""
    texts = [text for known in shipped_tools() for text in (known.tool.name, *known.tool.aliases)]
    return frozenset(topic(first) for text in texts if (first := text.split(maxsplit=1)[0]) != text)


@lru_cache(maxsize=4096)
def nearest_topic(key: str) -> str | None:
    """The topic of the shipped tool that `key` misspells, None if there is none or more than one."""
    lengths = range(max(5, len(key) - 2), len(key) + 3)
    others = [other for length in lengths for other in _topics_by_shape().get((key[:1], length), ())]
    scored = [(gap, other) for other in others if (gap := misspelling(key, other)) is not None]
    if not scored:
        return None
    fewest = min(scored)[0]
    best = [other for gap, other in scored if gap == fewest]
    return best[0] if len(best) == 1 else None


@lru_cache(maxsize=1)
def words() -> frozenset[str]:
    """Lower-case words that are no names: a dictionary of English, work chat, the plainest of four languages."""
    return frozenset(_lines("words.txt")) | frozenset(_lines("chat_words.txt"))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The few thousand words of English used most: even where one is a tool, a small letter means the word."""
    return frozenset(_lines("common_words.txt"))


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """What is written with a capital and is no tool's name, in lower case."""
    return frozenset(word.casefold() for word in _lines("not_names.txt"))


@lru_cache(maxsize=8)
def table(name: str) -> Mapping[str, Any]:
    """The table of cues `data/<name>.toml`."""
    with _data(name + ".toml").open("rb") as file:
        return MappingProxyType(tomllib.load(file))


@lru_cache(maxsize=1)
def _topics_by_shape() -> Mapping[tuple[str, int], tuple[str, ...]]:
    """Topics long enough to be misspelt, by first letter and length; ordinary words are left out."""
    shapes: dict[tuple[str, int], tuple[str, ...]] = {}
    for key, known in tools_by_topic().items():
        if len(key) >= 5 and not known.ordinary:
            shape = (key[:1], len(key))
            shapes[shape] = (*shapes.get(shape, ()), key)
    return MappingProxyType(shapes)


def _known(row: Mapping[str, str]) -> KnownTool:
    aliases = tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip())
    tool = Tool(row["name"], row["category"], row["website"], aliases)
    return KnownTool(tool, ordinary=row["ambiguous"] == "yes")


def _label(tool: Tool) -> str:
    """The site's name (hotjar of www.hotjar.com) where it looks like the tool's own, not a page of somebody's site."""
    host = domain(tool.website)
    return host if _ADDRESS.match(host) and topic(host)[:3] == topic(tool.name)[:3] else ""


def _lines(name: str) -> list[str]:
    text = _data(name).read_text(encoding="utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


def _data(name: str) -> Path:
    return Path(__file__).with_name("data") / name
