"""Slack's own markup, as people's messages and commands arrive in it, to plain text."""

from __future__ import annotations

import html
import re

_TOKEN = re.compile(r"<([@#!]?)([^<>\n|]{1,3000})(?:\|([^<>\n]{0,3000}))?>")
_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)", re.IGNORECASE)


def plain(text: str) -> str:
    """Readable text: `<@U1>` becomes `@U1`, a link `label (url)`, `<!channel>` `@channel`; entities are decoded."""
    return html.unescape(_TOKEN.sub(_read, text))


def mentions(text: str, user: str) -> bool:
    """Whether the raw text mentions a user."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def without_mention(text: str, user: str) -> str:
    """The raw text without the mentions of a user: what is said to them."""
    return re.sub(rf"\s*<@{re.escape(user)}(\|[^>]*)?>[,:]?\s*", " ", text).strip() if user else text


def _read(token: re.Match[str]) -> str:
    sign, what, label = token.groups()
    if sign == "@":
        return f"@{what}"
    if sign == "#":
        return f"#{label or what}"
    if sign == "!":
        return _read_special(what, label)
    return _read_link(what, label) if _SCHEME.match(what) else token.group()


def _read_special(what: str, label: str | None) -> str:
    """`channel`, `here`, `subteam^S1`, `date^1700000000^{date}`; whatever has a label is known by it."""
    return label if label else f"@{what.partition('^')[0]}"


def _read_link(url: str, label: str | None) -> str:
    bare = _SCHEME.sub("", url).rstrip("/")
    if not label or label == url:
        return bare if url.startswith(("mailto:", "tel:")) else url
    return label if label.rstrip("/") == bare else f"{label} ({url})"
