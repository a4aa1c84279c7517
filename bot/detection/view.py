"""What a model sees of a message: its text, what it answers to, and the text with names as signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.detection import markup, names
from bot.detection.mentions import Kind, signs

CONTEXT = 600  # characters of the thread that are read, the last ones
_SIGNS = tuple((re.compile(f"[{signs(kind)}]"), f" nam{kind.value} ") for kind in Kind)


@dataclass(frozen=True)
class View:
    """Plain text, plain context (quotes in the message, then the thread before it), text with `nam0`, `nam1` …."""

    text: str
    context: str
    marked: str


def look(raw: str, thread: str | None = None) -> View:
    """The view of a message as posted and the messages before it; any text will do."""
    text, cited = markup.strip(raw).text, markup.strip(quoted(raw)).text
    if not text.strip():
        text, cited = cited or raw[: markup.LONGEST], ""
    before = markup.strip(thread[-CONTEXT:]).text if thread else ""
    marked = names.mark(text).text
    for pattern, word in _SIGNS:
        marked = pattern.sub(word, marked)
    return View(text, " ".join(filter(None, (before, cited))), marked)


def quoted(raw: str) -> str:
    """What a message quotes, without the signs before it: the end of it, as much as is read of a thread."""
    return " ".join(markup.QUOTED.findall(raw[: markup.LONGEST]))[-CONTEXT:]
