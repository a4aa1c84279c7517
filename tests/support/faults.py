"""Faults of a database connection at random points: a process killed there, a connection cut, an answer lost."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import psycopg
from sqlalchemy import Engine


class Killed(BaseException):
    """The process ends here and now: nothing that follows is done."""


class Faults:
    """Lets a share of all statements and commits of an engine go wrong; `counted` tells how often what happened."""

    def __init__(self, engine: Engine, source: random.Random, rate: float, counted: Counter[str]) -> None:
        self._source, self._rate, self._counted = source, rate, counted
        dialect: Any = engine.dialect
        self._execute, self._commit = dialect.do_execute, dialect.do_commit
        dialect.do_execute, dialect.do_commit = self._do_execute, self._do_commit

    def _do_execute(self, cursor: Any, *arguments: Any, **named: Any) -> None:
        self._before(self._chosen(self._rate, "kill", "cut"), cursor.connection)
        self._execute(cursor, *arguments, **named)

    def _do_commit(self, connection: Any) -> None:
        what = self._chosen(4 * self._rate, "kill", "kill after the commit", "cut", "lost answer")
        self._before(what, connection.dbapi_connection)
        self._commit(connection)
        if what == "kill after the commit":
            raise Killed
        if what == "lost answer":
            connection.dbapi_connection.close()
            raise psycopg.OperationalError("the connection was lost after the commit")

    def _before(self, what: str, connection: Any) -> None:
        if what == "kill":
            raise Killed
        if what == "cut":
            connection.close()

    def _chosen(self, rate: float, *faults: str) -> str:
        what = self._source.choice(faults) if self._source.random() < rate else ""
        self._counted.update([what] if what else [])
        return what
