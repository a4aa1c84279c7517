"""Many rows with one statement that is always the same, however many they are: one JSON array goes to the database and
is unfolded there. A list of VALUES would be a new, long statement for every size of a batch, and a statement for each
row costs a round trip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Select, Subquery, Text, bindparam, cast, column, func, select, true, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.codec import Dumped, dump_json
from storage.columns import Json, UtcTime
from storage.sql import AnyInsert
from storage.tables import Base

Names = tuple[str, ...]


class _Plan(NamedTuple):
    """The statement for some columns of a table, and how the values of those that JSON has no words for are written."""

    statement: AnyInsert
    written: Sequence[tuple[str, Callable[[Any], str | None]]]


def insert_many(
    opened: Session,
    row: type[Base],
    values: Sequence[Mapping[str, Any]],
    on_known: Names | None = None,
    same: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Insert rows, in their order; all of them give the same columns. `same`: the columns that are alike in all.

    A row that is known already is an error; with `on_known` these columns of it are replaced, and with none of them
    it is left as it is.
    """
    if not values:
        return
    plan = _plan(opened.get_bind().dialect.name, row, tuple(values[0]), on_known, tuple(same))
    rows = [dict(each) for each in values]
    for name, write in plan.written:
        for each in rows:
            each[name] = write(each[name])
    opened.connection().execute(plan.statement, {**same, "rows": dump_json(rows)})


def rows_text(keys: Iterable[tuple[Any, ...]], *names: str) -> str:
    """What to give for the `rows` of `among_rows`."""
    return dump_json([dict(zip(names, key, strict=True)) for key in keys])


def among_rows(opened: Session, row: type[Base], *names: str) -> ColumnElement[bool]:
    """That these columns of a table are those of one of the rows in the parameter `rows`.

    As a join SQLite would, without statistics, unfold the array for each row of the table.
    """
    given = _given(opened.get_bind().dialect.name, row, names)
    return tuple_(*(getattr(row, name) for name in names)).in_(select(*(given.c[name] for name in names)))


@cache
def _given(dialect: str, row: type[Base], names: Names) -> Subquery:
    return _unfolded(dialect, row, names).subquery("given")


@cache
def _plan(dialect: str, row: type[Base], names: Names, on_known: Names | None, same: Names) -> _Plan:
    is_postgres = dialect == "postgresql"
    make = postgresql.insert if is_postgres else sqlite.insert
    columns = row.__table__.c
    alike = (bindparam(name, type_=columns[name].type) for name in same)
    rows = _unfolded(dialect, row, names).add_columns(*alike)
    statement: AnyInsert = make(row).from_select([*names, *same], rows)
    time = partial(_time, "+00:00" if is_postgres else "")
    writers: Mapping[type, Callable[[Any], str | None]] = {UtcTime: time, Json: _json}
    types = {name: type(columns[name].type) for name in names}
    written = [(name, writers[types[name]]) for name in names if types[name] in writers]
    return _Plan(_resolved(statement, row, on_known), written)


def _unfolded(dialect: str, row: type[Base], names: Names) -> Select[Any]:
    return (_of_postgres if dialect == "postgresql" else _of_sqlite)(row, names)


def _resolved(statement: AnyInsert, row: type[Base], on_known: Names | None) -> AnyInsert:
    if on_known is None:
        return statement
    if not on_known:
        return statement.on_conflict_do_nothing()
    changed = {name: statement.excluded[name] for name in on_known}
    return statement.on_conflict_do_update(index_elements=list(row.__table__.primary_key), set_=changed)


def _of_postgres(row: type[Base], names: Names) -> Select[Any]:
    types = {name: row.__table__.c[name].type for name in names}
    texts = {name for name, kind in types.items() if isinstance(kind, Json)}
    columns = [column(name, Text() if name in texts else types[name]) for name in names]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*columns)
    unfolded = rows.render_derived(with_types=True)
    return select(*(cast(unfolded.c[name], JSON) if name in texts else unfolded.c[name] for name in names))


def _of_sqlite(row: type[Base], names: Names) -> Select[Any]:
    value: ColumnElement[Any] = func.json_each(bindparam("rows", type_=Text)).table_valued("value").c.value
    # Without a condition SQLite would take ON CONFLICT for the ON of a join.
    return select(*(func.json_extract(value, f"$.{name}").label(name) for name in names)).where(true())


@lru_cache(maxsize=256)
def _time(offset: str, at: datetime | None) -> str | None:
    """An instant as `UtcTime` stores it. ValueError for one without a zone."""
    if at is None:
        return None
    if at.utcoffset() is None:
        raise ValueError(f"a time without a zone cannot be stored: {at}")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds") + offset


def _json(value: Any) -> str | None:
    return None if value is None else value if isinstance(value, Dumped) else dump_json(value)
