"""Slack and Teams markup to plain text, with the way back to what was written."""

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 2_400  # characters of a message that are read; a longer one has said its point by then

QUOTED = re.compile(r"^[ \t]*(?:>|&gt;)[ \t]?([^\n]*)$", re.MULTILINE)  # a line that cites somebody, and its words

_GENERIC_LABEL = re.compile(
    r"^(?:click )?(?:here|link|this(?: one| tool)?|website|site|page|demo|pricing|hier|ici|aqu[ií])$", re.IGNORECASE
)
_MARKUP = re.compile(
    r"(?P<code>```.{0,3000}?(?:```|\Z)|`[^`\n]{1,300}`)"
    r"|(?P<quote>^[ \t]*(?:>|&gt;)[^\n]*$)"
    r"|(?P<gone>~(?=\S)[^~\n]{1,200}(?<=\S)~|<(pre|code|blockquote|s|del)\b[^>]{0,200}>.{0,3000}?</\4>)"
    r"|(?P<person><at\b[^>]{0,200}>[^<]{0,100}</at>|<@[A-Z0-9]{1,30}(?:\|[^>]{0,100})?>|<![a-z]+(?:\^[^>]{0,200})?>)"
    r"|<#[A-Z0-9]{1,30}\|?(?P<channel>[^>]{0,100})>"
    r"|<a\b[^>]{0,500}?href=[\"'](?P<href>[^\"'>]{1,500})[\"'][^>]{0,200}>(?P<text>[^<]{0,300})</a>"
    r"|<(?P<url>(?:https?|mailto|tel):[^|>\s]{1,500})(?:\|(?P<label>[^>]{0,300}))?>"
    r"|(?P<block><(?:br|/p|/div|/li|/h\d)\b[^>]{0,20}>)"
    r"|(?P<tag></?[a-z][a-z0-9]{0,9}(?:\s[^>]{0,300})?/?>)"
    r"|(?P<emoji>(?<![\w:]):[a-z][a-z0-9_+-]{1,40}:(?![\w:]))"
    r"|(?P<entity>&(?:amp|lt|gt|quot|nbsp|#\d{1,6});)"
    r"|(?P<stress>(?<![\w*_])[*_]{1,2}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,2}(?![\w*_]))",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Plain:
    """Text without markup; `spans` are (start in `text`, start in `raw`, length) of what was kept as it was."""

    text: str
    raw: str
    spans: tuple[tuple[int, int, int], ...]

    def written(self, start: int, end: int) -> str:
        """What stands between two positions of `text`, as written; across markup, the plain text."""
        at = bisect_right(self.spans, (start, len(self.raw), 0)) - 1
        if at >= 0:
            plain, raw, length = self.spans[at]
            if plain <= start and end <= plain + length:
                return self.raw[raw + start - plain : raw + end - plain]
        return self.text[start:end]


def strip(raw: str) -> Plain:
    """The plain text of the first LONGEST characters; code, quotes and struck-out words are left out."""
    source = raw[:LONGEST]
    pieces: list[str] = []
    spans: list[tuple[int, int, int]] = []
    length = position = 0

    def add(text: str, origin: int) -> None:
        nonlocal length
        if text and origin >= 0:
            spans.append((length, origin, len(text)))
        pieces.append(text)
        length += len(text)

    for match in _MARKUP.finditer(source):
        add(source[position : match.start()], position)
        text, origin = _plain(match)
        add(text, origin)
        position = match.end()
    add(source[position:], position)
    return Plain("".join(pieces), source, tuple(spans))


def _plain(match: re.Match[str]) -> tuple[str, int]:
    """What one piece of markup reads as, and where it stands in the source (-1: nowhere as such)."""
    return _READERS.get(match.lastgroup or "", _nothing)(match)


def _link(match: re.Match[str], url: str, label: str | None) -> tuple[str, int]:
    address, words = match.group(url), match.group(label) if label else None
    if not address.startswith("http"):
        return (words or " ", match.start(label) if words and label else -1)
    if words and label and not _GENERIC_LABEL.match(words.strip()):
        return words, match.start(label)
    return address, match.start(url)


def _nothing(match: re.Match[str]) -> tuple[str, int]:
    return "", -1


def _blank(match: re.Match[str]) -> tuple[str, int]:
    return " ", -1


_READERS: dict[str, Callable[[re.Match[str]], tuple[str, int]]] = {
    "code": _blank,
    "quote": _nothing,
    "gone": _blank,
    "person": lambda match: ("@user", -1),
    "channel": lambda match: ("#" + (match.group("channel") or "channel"), -1),
    "text": lambda match: _link(match, "href", "text"),
    "href": lambda match: _link(match, "href", "text"),
    "url": lambda match: _link(match, "url", None),
    "label": lambda match: _link(match, "url", "label"),
    "block": lambda match: ("\n", -1),
    "tag": _nothing,
    "emoji": _blank,
    "entity": lambda match: (html.unescape(match.group()).replace("\xa0", " "), -1),
    "stress": _nothing,
}
