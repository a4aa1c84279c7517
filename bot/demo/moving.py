"""A demo's database beside a chat in which its messages have other ids: each id is replaced wherever it stands."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_IDS = re.compile(r"\b(?:\d{10}\.\d{6}|D[123][A-Z0-9]+)\b")


def moved(text: str, moves: Mapping[str, str]) -> str:
    """A text with the ids of messages and direct conversations replaced, where they have others."""
    return _IDS.sub(lambda found: moves.get(found[0], found[0]), text)


def move_database(file: Path, moves: Mapping[str, str]) -> None:
    """Replace the ids in every table of an SQLite file that nobody has open."""
    with closing(sqlite3.connect(file)) as opened, opened:
        tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (table,) in tables.fetchall():
            _move_table(opened, table, moves)


def _move_table(opened: sqlite3.Connection, table: str, moves: Mapping[str, str]) -> None:
    told = opened.execute(f'PRAGMA table_info("{table}")').fetchall()
    columns, keys = [row[1] for row in told], [row[1] for row in told if row[5]]
    names, where = ", ".join(map(_quoted, columns)), " AND ".join(f"{_quoted(one)} = ?" for one in keys)
    for values in opened.execute(f'SELECT {names} FROM "{table}"').fetchall():  # noqa: S608 - our own names
        before = dict(zip(columns, values, strict=True))
        after = {name: moved(value, moves) for name, value in before.items() if isinstance(value, str)}
        changed = {name: value for name, value in after.items() if value != before[name]}
        if changed:
            places = ", ".join(f"{_quoted(one)} = ?" for one in changed)
            known = [before[one] for one in keys]
            opened.execute(f'UPDATE "{table}" SET {places} WHERE {where}', (*changed.values(), *known))  # noqa: S608


def _quoted(name: str) -> str:
    return f'"{name}"'
