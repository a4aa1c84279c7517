"""The pieces of a long message that are judged alone: one sentence that matters must not drown in chatter."""

from __future__ import annotations

import re

from bot.detection import markup

_LONG = 180  # characters; a shorter message is judged as a whole
_AT_ONCE = 60  # characters from which a sentence stands alone; shorter ones take the next one along
_MOST = 10  # windows of one message
_END = re.compile(r"(?<=\w{3}[.!?…])[)\"”»']*\s+|(?<=[!?…])\s+|\n+")


def windows(raw: str) -> list[str]:
    """The sentences of a long message, short ones together; none of a message of a sentence or two."""
    text = markup.strip(raw).text
    parts = [part.strip() for part in _END.split(text) if part and part.strip()]
    if len(text) < _LONG or len(parts) < 3:
        return []
    pieces = [""]
    for part in parts:
        if len(pieces[-1]) >= _AT_ONCE:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {part}".strip()
    return pieces[:_MOST]
