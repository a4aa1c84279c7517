"""The pieces of a long message that are judged alone: one sentence that matters must not drown in chatter."""

from __future__ import annotations

import re

from bot.detection import markup

_LONG = 180  # characters; a shorter message is judged as a whole
_AT_ONCE = 90  # characters from which a sentence stands alone; shorter ones take the next one along
_MOST = 14  # windows of one message
_END = re.compile(r"(?<=\w{3}[.!?…])[)\"”»']*\s+|(?<=[!?…])\s+|\n+")


def windows(raw: str) -> list[str]:
    """Sentences of a long message, each with the next one where it is short; none of a message of a sentence or two."""
    text = markup.strip(raw).text
    parts = [part.strip() for part in _END.split(text) if part and part.strip()]
    if len(text) < _LONG or len(parts) < 3:
        return []
    return [_from(parts, at) for at in range(min(len(parts), _MOST))]


def _from(parts: list[str], at: int) -> str:
    """The sentence at a place, with the next one where it is short."""
    return parts[at] if len(parts[at]) >= _AT_ONCE else " ".join(parts[at : at + 2])
