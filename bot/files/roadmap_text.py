"""A road map as Markdown: a heading for each item, a line for each thing it says; written to be read and read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.domain.errors import Invalid

MOST_BYTES = 5_000_000
_HEAD = re.compile(r"##\s+(?:(RM-\d+)\b[:\s]*)?(.*)", re.IGNORECASE)
_LINE = re.compile(r"[-*]\s+([a-z][a-z_ ]*?)\s*:\s*(.*)", re.IGNORECASE)
IN_HEAD = ("id", "need")

Row = dict[str, str]


def write(rows: Iterable[Mapping[str, str]], title: str = "Road map") -> str:
    """The items as Markdown; what an item does not say has no line."""
    parts = [f"# {_plain(title)}\n"]
    for row in rows:
        lines = [f"- {name.replace('_', ' ')}: {_plain(value)}" for name, value in row.items() if _is_line(name, value)]
        parts.append("\n".join([f"## {row['id']} {_plain(row['need'])}", "", *lines]) + "\n")
    return "\n".join(parts)


def read(content: bytes) -> list[tuple[int, Row]]:
    """The items with the lines of their headings. Raises Invalid with every line that can't be read."""
    if len(content) > MOST_BYTES:
        raise Invalid(f"The file is too large: {MOST_BYTES // 1_000_000} MB at most.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("The file is no text in UTF-8.") from None
    found: list[tuple[int, Row]] = []
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        fault = _take(number, line.strip(), found)
        faults += [f"line {number}: {fault}"] if fault else []
    if faults:
        raise Invalid("\n".join(["Nothing was imported.", *faults[:20]]))
    return found


def _take(number: int, line: str, found: list[tuple[int, Row]]) -> str:
    """Add a line to what was found; what is wrong with it, if something is."""
    if head := _HEAD.fullmatch(line):
        found.append((number, {"id": head[1] or "", "need": head[2].strip()}))
        return ""
    if not found or not line or line.startswith(("# ", "<!--")):
        return ""
    pair = _LINE.fullmatch(line)
    if pair is None:
        return f"“{line[:40]}” is no line of an item. Write it like - start: 2027-Q1."
    name, row = pair[1].strip().lower().replace(" ", "_"), found[-1][1]
    if name in row:
        return f"“{name}” is there twice."
    row[name] = pair[2].strip()
    return ""


def _is_line(name: str, value: str) -> bool:
    return name not in IN_HEAD and bool(value)


def _plain(value: str) -> str:
    return " ".join(value.split())
