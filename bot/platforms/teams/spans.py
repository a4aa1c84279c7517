"""Spans of text as the markdown of Adaptive Cards, cut without breaking a mention or a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.messages import Channel, Code, Link, Mention, Moment, Span, Strong, Text, ThreadLink

Json = dict[str, Any]

ELLIPSIS = "…"
NOTHING_WIDE = "\u200b"  # a space without width: it shows nothing and breaks what would be taken for markup
HAIR = "\u200a"  # a space as wide as a hair: bold words must not touch others
LONGEST_WORDS = 150
LONGEST_URL = 2_000
COMMAND = "@IT Liaison"

_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turns the words after it around, ours too
# What the core says of the chat's own habits, as they are here; a bot in Teams hears no reactions to people's messages.
_HABITS = (("/itcheck", COMMAND), ("react with 🎫 to a message", "choose Ask IT Liaison in a message's menu"))
# Cards know no escape on every client, so people's own marks become characters that look the same and format nothing.
_LOOKALIKES = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
_MARK = re.compile(r"(?<=[^\W_])_(?=[^\W_])|(?<=\s)[*_~](?=\s)|(?P<mark>[*_~`])")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=[#A-Za-z])|\](?=[(\[:])|\{(?=\{)|\\(?=[^\w\s])")
_BEGINNING = re.compile(r"^(?=[ \t]{0,3}(?:[-+#>|=]|\d{1,9}[.)]))", re.MULTILINE)
_BREAKS = re.compile(r"\n+")
_LINKABLE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_IN_URL = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": "", "\r": "", "\t": ""})
_IN_LABEL = str.maketrans({"[": "(", "]": ")"})


@dataclass
class Ink:
    """What a card is written with: the tenant links lead to, the names of people and channels; it collects mentions."""

    tenant: str
    person_name: Callable[[str], str]
    channel_name: Callable[[str], str]
    _mentioned: dict[str, str] = field(default_factory=dict)

    def mention(self, person: str) -> str:
        """A mention's words: each person has words of their own in a card, however many share a name."""
        if person not in self._mentioned:
            name = " ".join(literal(self.person_name(person) or "somebody").split())[:LONGEST_WORDS]
            taken = sum(1 for words in self._mentioned.values() if words.partition(NOTHING_WIDE)[0] == name)
            self._mentioned[person] = name + NOTHING_WIDE * taken
        return f"<at>{self._mentioned[person]}</at>"

    @property
    def entities(self) -> list[Json]:
        """The mentions so far, as a card declares them."""
        return [
            {"type": "mention", "text": f"<at>{words}</at>", "mentioned": {"id": person, "name": words}}
            for person, words in self._mentioned.items()
        ]


def markdown(text: Text, ink: Ink, limit: int) -> str:
    """The text as markdown, shortened with an ellipsis to `limit` characters."""
    return cut(_atoms(text, ink, limit), limit).strip()


def said(text: Text, ink: Ink) -> str:
    """The text in plain words, for where no markup is shown."""
    return "".join(_said(span, ink) for span in text).strip()


def _said(span: Span, ink: Ink) -> str:
    match span:
        case Mention(person):
            return ink.person_name(person) or "somebody"
        case Channel(conversation):
            return ink.channel_name(conversation) or "this channel"
        case Strong(words) | Code(words):
            return typed(words)
        case Moment(at):
            return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        case Link(_, label) | ThreadLink(_, _, label):
            return label
    return typed(span)


def cut(atoms: Sequence[str], limit: int) -> str:
    """The atoms that fit, with an ellipsis where some did not."""
    if sum(map(len, atoms)) <= limit:
        return "".join(atoms)
    used, kept = 0, list[str]()
    for atom in atoms:
        used += len(atom)
        if used > limit - 1:
            break
        kept.append(atom)
    return "".join(kept).rstrip("\u200d ") + ELLIPSIS


def plain(words: str, limit: int) -> str:
    """Words where no markup is known: never empty, at most `limit` characters."""
    safe = typed(_TURN.sub("", words))
    return cut(list(safe), limit) if safe.strip() else ELLIPSIS


def literal(words: str) -> str:
    """People's text, shown as typed."""
    safe = _MARK.sub(lambda mark: _LOOKALIKES[mark["mark"]] if mark["mark"] else mark.group(), _TURN.sub("", words))
    broken = _MARKUP.sub(lambda found: found.group() + NOTHING_WIDE, safe)
    return _BREAKS.sub("\n\n", _BEGINNING.sub(NOTHING_WIDE, broken))


def typed(words: str) -> str:
    """The words, with how things are done here."""
    for elsewhere, here in _HABITS:
        words = words.replace(elsewhere, here)
    return words


def _atoms(text: Text, ink: Ink, enough: int) -> list[str]:
    """What must not be cut: one character of people's text, or one mention, link or styled word."""
    found: list[str] = []
    for span in text:
        if len(found) > enough:
            break
        new = list(typed(literal(span[: enough + 1]))) if isinstance(span, str) else [_span(span, ink)]
        if found and new and new[0] and _touch(found[-1], new[0]):
            found.append(HAIR)
        found.extend(filter(None, new))
    return found


def _touch(left: str, right: str) -> bool:
    """Bold only works beside a space."""
    return (left.endswith("**") and not right[0].isspace()) or (right.startswith("**") and not left[-1].isspace())


def _span(span: Span, ink: Ink) -> str:
    match span:
        case Mention(person):
            return ink.mention(person) if person else ""
        case Channel(conversation):
            return _bold(ink.channel_name(conversation) or "this channel") if conversation else ""
        case Strong(words) | Code(words):
            return _bold(typed(words))
        case Moment(at):
            return _moment(at)
        case Link(url, label):
            return _link(url, label)
        case ThreadLink(conversation, message, label):
            return _link(thread_url(ink.tenant, conversation, message), label)
    return ""


def thread_url(tenant: str, conversation: str, message: str) -> str:
    """The address of a message in Teams."""
    return f"https://teams.microsoft.com/l/message/{quote(conversation)}/{quote(message)}?tenantId={quote(tenant)}"


def _bold(words: str) -> str:
    inside = cut(list(literal(" ".join(words[: LONGEST_URL + 1].split()))), LONGEST_WORDS)
    return f"**{inside}**" if inside else ""


def _link(url: str, label: str) -> str:
    words = cut(list(literal(" ".join(label.split())).translate(_IN_LABEL)), LONGEST_WORDS)
    if not _LINKABLE.match(url) or len(url) > LONGEST_URL:
        return words
    return f"[{words or literal(url)}]({url.translate(_IN_URL)})"


def _moment(at: datetime) -> str:
    """A date and time that each client shows in its own zone."""
    stamp = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return f"{{{{DATE({stamp},SHORT)}}}} {{{{TIME({stamp})}}}}"
