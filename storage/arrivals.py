"""Storing a batch of requests with one statement that is always the same, however many they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Select, Text, bindparam, cast, column, func, literal, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from bot.messages import Request
from storage.codec import clean, dump_request
from storage.columns import UtcTime
from storage.tables_around import InboxRow, QueueState

EACH = ("workspace", "key", "lane", "payload")
Names = tuple[str, str]


def names_of(request: Request) -> Names:
    """What tells a request from all others: its workspace and key, as they are stored."""
    return clean(request.workspace), clean(request.key)


def insert_new(opened: Session, requests: Sequence[Request], now: datetime, next_at: datetime) -> set[Names]:
    """Store requests, in their order, to be claimed from `next_at` on; the names of those that were not known."""
    statement = _statement(opened.get_bind().dialect.name)
    rows = json.dumps([_row(request) for request in requests], ensure_ascii=False)
    stored = opened.connection().execute(statement, {"rows": rows, "now": now, "next_at": next_at})
    return {(row.workspace, row.key) for row in stored}


def _row(request: Request) -> dict[str, str]:
    workspace, key = names_of(request)
    payload = json.dumps(dump_request(request), ensure_ascii=False)
    return {"workspace": workspace, "key": key, "lane": clean(request.lane), "payload": payload}


@cache
def _statement(dialect: str) -> ReturningInsert[str, str]:
    """An INSERT that unfolds one JSON array in the database: a list of VALUES would be a new, long statement for
    every size of a batch, and cost more to write and read than the rows themselves.
    """
    is_postgres = dialect == "postgresql"
    same: dict[str, Any] = {
        "state": literal(QueueState.READY.value, Text),
        "next_at": bindparam("next_at", type_=UtcTime()),
        "fence": literal(0),
        "attempts": literal(0),
        "why": literal("", Text),
        "created_at": bindparam("now", type_=UtcTime()),
        "outcome": literal("", Text),
    }
    unfolded = _of_postgres() if is_postgres else _of_sqlite()
    make = postgresql.insert if is_postgres else sqlite.insert
    statement = make(InboxRow).from_select([*EACH, *same], unfolded.add_columns(*same.values()))
    return statement.on_conflict_do_nothing().returning(InboxRow.workspace, InboxRow.key)


def _of_postgres() -> Select[Any]:
    columns = [column(name, Text) for name in EACH]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*columns)
    unfolded = rows.render_derived(with_types=True)
    *names, payload = (unfolded.c[name] for name in EACH)
    return select(*names, cast(payload, JSON))


def _of_sqlite() -> Select[Any]:
    value = func.json_each(bindparam("rows", type_=Text)).table_valued("value").c.value
    # Without a condition SQLite would take ON CONFLICT for the ON of a join.
    return select(*(func.json_extract(value, f"$.{name}") for name in EACH)).where(true())
