"""Time that goes by between two looks at the bot: what is stored moves into the past instead of the clock forward."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

WEEK = "-7 days"
TIMES = {
    "channel": ("set_up_at",),
    "occurrence": ("at",),
    "agenda": ("at", "since", "posted_at"),
    "topic": ("at",),
    "action": ("at", "carried_at", "settled_at"),
    "decision": ("at",),
    "ticket": ("opened_at", "finished_at"),
    "event": ("at",),
}


def a_week_passes(database: Path) -> None:
    """What is stored in an SQLite file happened a week earlier, the agendas with the names of their weeks."""
    with closing(sqlite3.connect(database, timeout=30)) as opened, opened:
        for table, columns in TIMES.items():
            for column in columns:
                moved = f"strftime('%Y-%m-%d %H:%M:%f', {column}, '{WEEK}') || '000'"
                opened.execute(f"UPDATE {table} SET {column} = {moved} WHERE {column} IS NOT NULL")
        slots = [slot for (slot,) in opened.execute("SELECT slot FROM agenda ORDER BY slot")]
        for slot in slots:
            _rename(opened, slot, _week_before(slot))


def sync_is_due(database: Path, weekday: int, hour: int) -> None:
    """The channels were set up a week ago, for a sync on this weekday (0 is Monday) and hour."""
    with closing(sqlite3.connect(database, timeout=30)) as opened, opened:
        opened.execute("UPDATE channel SET sync_weekday = ?, sync_hour = ?", (weekday, hour))
        opened.execute(f"UPDATE channel SET set_up_at = strftime('%Y-%m-%d %H:%M:%f', set_up_at, '{WEEK}') || '000'")


def _rename(opened: sqlite3.Connection, old: str, new: str) -> None:
    opened.execute("UPDATE agenda SET slot = ? WHERE slot = ?", (new, old))
    opened.execute("UPDATE occurrence SET slot = ? WHERE slot = ? AND job LIKE 'agenda%'", (new, old))
    for table, column in (("action", "agenda"), ("decision", "agenda")):
        opened.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
    for column in ("key", "lane", "update_of", "in_thread_of"):
        opened.execute(f"UPDATE outbox SET {column} = replace({column}, ?, ?)", (old, new))


def _week_before(slot: str) -> str:
    year, week = slot.split("-W")
    before = (date.fromisocalendar(int(year), int(week), 1) - timedelta(weeks=1)).isocalendar()
    return f"{before.year}-W{before.week:02d}"
