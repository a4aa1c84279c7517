"""What a model sees of a message: its text, what it answers to, and the text with names as signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.detection import markup, names
from bot.detection.mentions import Kind, signs

_CONTEXT = 1_500  # characters of the thread that are read, the last ones
_QUOTED = re.compile(r"^[ \t]*(?:>|&gt;)[ \t]?([^\n]*)$", re.MULTILINE)
_SIGNS = tuple((re.compile(f"[{signs(kind)}]"), f" nam{kind.value} ") for kind in Kind)


@dataclass(frozen=True)
class View:
    """Plain text, plain context (quotes in the message, then the thread before it), text with `nam0`, `nam1` …."""

    text: str
    context: str
    marked: str


def look(raw: str, thread: str | None = None) -> View:
    """The view of a message as posted and the messages before it; any text will do."""
    text = markup.strip(raw).text
    quoted = " ".join(_QUOTED.findall(raw[: markup.LONGEST]))
    if not text.strip():
        text, quoted = quoted or raw[: markup.LONGEST], ""
    before = markup.strip(thread[-_CONTEXT:]).text if thread else ""
    marked = names.mark(text).text
    for pattern, word in _SIGNS:
        marked = pattern.sub(word, marked)
    return View(text, " ".join(filter(None, (before, quoted))), marked)
