"""The one statement SQLAlchemy does not offer for both databases alike: an INSERT that meets a conflict."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables import Base

AnyInsert = postgresql.Insert | sqlite.Insert


def insert_into(where: Session | Connection, row: type[Base]) -> AnyInsert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    bind: Any = where.get_bind() if isinstance(where, Session) else where
    make = postgresql.insert if bind.dialect.name == "postgresql" else sqlite.insert
    return make(row)
