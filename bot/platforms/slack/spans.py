"""Spans of text as Slack's mrkdwn, cut or split at Slack's limits without breaking a mention, a link or an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.messages import Channel, Code, Link, Mention, Moment, Span, Strong, Text, ThreadLink

ELLIPSIS = "…"
NOTHING_WIDE = "\u200b"  # a space without width: it shows nothing and breaks what Slack would take for a command
LONGEST_WORDS = 150
LONGEST_URL = 2_000

_PING = re.compile(r"@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)
_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turns the words after it around, ours too
_COMMAND = re.compile(r"<(?=[!@#])")
_MARK = re.compile(r"(?<=[^\W_])_(?=[^\W_])|(?<=\s)[*_~](?=\s)|(?P<mark>[*_~`])|(?P<quote>^>)", re.MULTILINE)
# Slack has no escape for these, so people's own become characters that look the same and format nothing.
_LOOKALIKES = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BARE = re.compile(r"(?<=\s)&(?=\s)")  # begins no entity; local-slack shows entities as they are written
_IN_URL = str.maketrans({" ": "%20", "|": "%7C", "<": "%3C", ">": "%3E", "&": "&amp;", "\n": "", "\r": "", "\t": ""})
_LINKABLE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_STYLED = frozenset("*`")


@dataclass(frozen=True, slots=True)
class Look:
    """What differs between Slack and a server that stands in for it.

    `link_base`: the address that links to messages begin with. `native_times`: clients show times in the
    reader's own zone.
    """

    link_base: str = "https://slack.com"
    native_times: bool = True


def size(text: str) -> int:
    """Its length as Slack counts: an emoji beyond the basic plane counts twice."""
    return len(text) if text.isascii() else len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def mrkdwn(text: Text, look: Look, limit: int) -> str:
    """The text as mrkdwn, shortened with an ellipsis to `limit` characters."""
    return cut(_atoms(text, look, limit), limit)


def pages(text: Text, look: Look, limit: int, most: int) -> list[str]:
    """The text as mrkdwn in up to `most` pieces of `limit` characters, the last one shortened if need be."""
    rest, found = _atoms(text, look, limit * most), list[str]()
    while rest and len(found) < most - 1 and _size(rest) > limit:
        count = _break(rest, limit)
        found.append("".join(rest[:count]))
        rest = rest[count:]
    last = cut(rest, limit)
    return [piece for piece in (*found, last) if piece.strip()]


def plain(words: str, limit: int) -> str:
    """Words for a plain text object of Slack's, which knows no markup: never empty, at most `limit` characters."""
    safe = _COMMAND.sub(f"<{NOTHING_WIDE}", _PING.sub(f"@{NOTHING_WIDE}", _TURN.sub("", words)[: limit + 1]))
    return cut(list(safe), limit) if safe.strip() else ELLIPSIS


def cut(atoms: Sequence[str], limit: int) -> str:
    """The atoms that fit, with an ellipsis where some did not."""
    if _size(atoms) <= limit:
        return "".join(atoms)
    return "".join(atoms[: _fitting(atoms, limit - 1)]).rstrip("\u200d ") + ELLIPSIS


def _atoms(text: Text, look: Look, enough: int) -> list[str]:
    """What must not be cut: one character of people's text, or one mention, link or styled word.

    Whatever stands after `enough` atoms could not be shown and is left out.
    """
    found: list[str] = []
    for span in text:
        if len(found) > enough:
            break
        new = _span(span[: enough + 1] if isinstance(span, str) else span, look)
        if found and new and _touch(found[-1], new[0]):
            found.append(NOTHING_WIDE)
        found.extend(new)
    return found


def _touch(left: str, right: str) -> bool:
    """Bold and code only work beside something that is no letter."""
    return (left[-1].isalnum() and right[0] in _STYLED) or (left[-1] in _STYLED and right[0].isalnum())


def _span(span: Span, look: Look) -> list[str]:
    if isinstance(span, str):
        return _literal(span)
    match span:
        case Mention(person):
            return [f"<@{person}>"] if person else []
        case Channel(conversation):
            return [f"<#{conversation}>"] if conversation else []
        case Strong(words):
            return _styled(words, "*")
        case Code(words):
            return _styled(words, "`")
        case Moment():
            return [_moment(span, look)]
        case Link() | ThreadLink():
            return _link(_url(span, look), span.label)


def _url(span: Link | ThreadLink, look: Look) -> str:
    if isinstance(span, Link):
        return span.url
    return f"{look.link_base}/archives/{span.conversation}/p{span.message.replace('.', '')}"


def _literal(words: str) -> list[str]:
    """People's text, shown as typed, left to right or right to left: one atom a character."""
    safe = _MARK.sub(_unmark, _PING.sub(f"@{NOTHING_WIDE}", _TURN.sub("", words)))
    bare = {match.start() for match in _BARE.finditer(safe)}
    return [character if place in bare else _ENTITIES.get(character, character) for place, character in enumerate(safe)]


def _unmark(match: re.Match[str]) -> str:
    if match["quote"]:
        return f"{NOTHING_WIDE}>"
    return _LOOKALIKES[match["mark"]] if match["mark"] else match.group()


def _styled(words: str, mark: str) -> list[str]:
    inside = cut(_literal(_line(words)), LONGEST_WORDS)
    return [f"{mark}{inside}{mark}"] if inside else []


def _link(url: str, label: str) -> list[str]:
    if not _LINKABLE.match(url) or size(url) > LONGEST_URL:
        return _literal(label or url)
    words = cut(_literal(_line(label)), LONGEST_WORDS)
    return [f"<{url.translate(_IN_URL)}|{words}>" if words else f"<{url.translate(_IN_URL)}>"]


def _line(words: str) -> str:
    """Words on one line, no more of them than can be shown."""
    return " ".join(words[: LONGEST_URL + 1].split())


def _moment(span: Moment, look: Look) -> str:
    try:
        local = span.at.astimezone(ZoneInfo(span.zone))
    except (ZoneInfoNotFoundError, ValueError):
        local = span.at
    words = f"{local:%a} {local.day} {local:%b, %H:%M %Z}"
    if not look.native_times:
        return words
    return f"<!date^{int(span.at.timestamp())}^{{date_short_pretty}} {{time}}|{words}>"


def _size(atoms: Iterable[str]) -> int:
    return sum(map(size, atoms))


def _fitting(atoms: Sequence[str], limit: int) -> int:
    """How many atoms fit into `limit` characters."""
    used = 0
    for count, atom in enumerate(atoms):
        used += size(atom)
        if used > limit:
            return count
    return len(atoms)


def _break(atoms: Sequence[str], limit: int) -> int:
    """Where to split: after the last line, else after the last word, in the second half of what fits."""
    count = max(_fitting(atoms, limit), 1)
    for blank in ("\n", " "):
        for at in range(count - 1, count // 2, -1):
            if atoms[at] == blank:
                return at + 1
    return count
