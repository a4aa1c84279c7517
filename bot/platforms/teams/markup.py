"""What people write in Teams, to plain text: mentions, entities, the commands of the bot."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

_TAG = re.compile(r"</?at[^<>]{0,200}>", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")


def plain(activity: Json, us: str) -> str:
    """The text of a message without its calls to us; others who are mentioned as `@` and their id."""
    text = str(activity.get("text") or "")
    for mention in mentions(activity):
        person = str((mention.get("mentioned") or {}).get("id") or "")
        text = text.replace(str(mention.get("text") or "\0"), " " if person == us else f"@{person}", 1)
    return _BLANKS.sub(" ", html.unescape(_TAG.sub("", text)).replace("\r\n", "\n")).strip(" ,:\n")


def calls(activity: Json, us: str) -> bool:
    """Whether a message mentions us."""
    return any((one.get("mentioned") or {}).get("id") == us for one in mentions(activity))


def mentions(activity: Json) -> Sequence[Json]:
    """The mentions of a message."""
    found = activity.get("entities")
    entities = found if isinstance(found, list) else []
    return [one for one in entities if isinstance(one, Mapping) and one.get("type") == "mention"]


def html_text(content: str) -> str:
    """HTML as Teams keeps messages, as plain text."""
    broken = re.sub(r"<(?:br\s*/?|/p|/div|/li)>", "\n", content, flags=re.IGNORECASE)
    return _BLANKS.sub(" ", html.unescape(re.sub(r"<[^<>]{0,2000}>", "", broken))).strip()
