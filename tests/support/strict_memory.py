"""What the server forgets and Slack keeps: metadata, pages of history, who wrote and reacted."""

from __future__ import annotations

import base64
from typing import Any

from tests.support.strict_pictures import Pictures

Json = dict[str, Any]
Place = tuple[str, str]

LIMIT = 100
MOST = 999


class Memory:
    """Metadata by (channel, ts), the bot's own messages and reactions, the messages only one person sees."""

    def __init__(self) -> None:
        self.metadata: dict[Place, Json] = {}
        self.own: set[Place] = set()
        self.ephemeral: set[Place] = set()
        self.reactions: set[tuple[str, str, str]] = set()
        self.pictures = Pictures()

    def keep(self, place: Place, metadata: object) -> None:
        """Keep a message's metadata; None keeps what there is, an empty object removes it."""
        if isinstance(metadata, dict):
            self.metadata[place] = metadata
            if not metadata:
                del self.metadata[place]

    def recall(self, channel: str, messages: list[Json], whole: bool) -> list[Json]:
        """The messages with their metadata, if all of it was asked for."""
        if not whole:
            return messages
        return [self._recalled(channel, message) for message in messages]

    def _recalled(self, channel: str, message: Json) -> Json:
        kept = self.metadata.get((channel, str(message["ts"])))
        return message if kept is None else message | {"metadata": kept}


def metadata_fault(metadata: object) -> str | None:
    """Slack's error for a metadata argument, None if it would take it."""
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        return "invalid_metadata_format"
    return None if isinstance(metadata.get("event_payload"), dict) else "invalid_metadata_format"


def between(messages: list[Json], args: Json) -> list[Json]:
    """The messages that oldest, latest and inclusive leave."""
    inclusive = truth(args.get("inclusive"))
    oldest, latest = args.get("oldest"), args.get("latest")
    kept = [one for one in messages if oldest in (None, "") or _after(one["ts"], str(oldest), inclusive)]
    return [one for one in kept if latest in (None, "") or _after(str(latest), one["ts"], inclusive)]


def page(items: list[Any], args: Json) -> tuple[list[Any], str] | None:
    """One page by limit and cursor, with the next cursor ("" at the end); None if either is out of bounds."""
    start = _position(str(args.get("cursor") or ""))
    limit = str(args.get("limit") or LIMIT)
    if start is None or not limit.isdigit() or int(limit) > MOST:
        return None
    end = start + int(limit)
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return items[start:end], following


def truth(value: object) -> bool:
    """Slack's reading of a boolean argument, which clients send as true, "true", 1 or "1"."""
    return str(value).lower() in ("1", "true")


def _after(later: str, earlier: str, inclusive: bool) -> bool:
    return _moment(later) > _moment(earlier) or (inclusive and _moment(later) == _moment(earlier))


def _moment(ts: str) -> tuple[int, int]:
    seconds, _, rest = ts.partition(".")
    return int(seconds), int(rest[:6].ljust(6, "0")) if rest else 0


def _position(cursor: str) -> int | None:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
    except ValueError:
        return None
    return int(number) if word == "next" and number.isdigit() else None
