"""Many rows with one statement that is always the same, however many they are. A list of VALUES would be a new, long
statement for every size of a batch. SQLite, which is in the process, takes the rows one by one; to PostgreSQL, where
each would cost a round trip, they go as one JSON array that is unfolded there, and so do keys to look for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Select, Subquery, Text, bindparam, cast, column, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.codec import Dumped, clean, dump_json, is_clean
from storage.columns import Exact, Json, UtcTime, Words
from storage.sql import AnyInsert
from storage.tables import Base

Names = tuple[str, ...]


Column = list[Any]
_Writer = Callable[[Column], Column]


class _Plan(NamedTuple):
    """An INSERT of some columns of a table, and how their values are written where the driver would not write them so.

    For SQLite `text` is the statement, with the values of the columns in this `order`; elsewhere it is empty.
    """

    statement: AnyInsert
    written: Mapping[str, _Writer]
    text: str = ""
    order: Names = ()


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
    names, connection = tuple(values[0]), opened.connection()
    plan = _plan(connection.dialect.name, row, names, on_known, tuple(same))
    columns = {name: [each[name] for each in values] for name in names}
    if plan.text:
        columns |= {name: [value] * len(values) for name, value in same.items()}
    columns |= {name: write(columns[name]) for name, write in plan.written.items()}
    if plan.text:
        connection.exec_driver_sql(plan.text, list(zip(*(columns[name] for name in plan.order), strict=True)))
    else:
        rows = [dict(zip(names, each, strict=True)) for each in zip(*columns.values(), strict=True)]
        connection.execute(plan.statement, {**same, "rows": dump_json(rows)})


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
    return (_of_postgres if dialect == "postgresql" else _of_sqlite)(row, names).subquery("given")


@cache
def _plan(dialect: str, row: type[Base], names: Names, on_known: Names | None, same: Names) -> _Plan:
    if dialect == "postgresql":
        alike = (bindparam(name, type_=row.__table__.c[name].type) for name in same)
        rows = _of_postgres(row, names).add_columns(*alike)
        many = postgresql.insert(row).from_select([*names, *same], rows)
        return _Plan(_resolved(many, row, on_known), _written(row, names, {UtcTime: _times_of_postgres, Json: _jsons}))
    values: dict[str, Any] = {name: bindparam(name) for name in (*names, *same)}
    one = _resolved(sqlite.insert(row).values(values), row, on_known)
    compiled = one.compile(dialect=sqlite.dialect(paramstyle="qmark"))
    writers = {UtcTime: _times_of_sqlite, Json: _jsons, Words: _texts, Exact: _texts}
    return _Plan(one, _written(row, (*names, *same), writers), str(compiled), tuple(compiled.positiontup or ()))


def _written(row: type[Base], names: Names, writers: Mapping[Any, _Writer]) -> Mapping[str, _Writer]:
    types = {name: type(row.__table__.c[name].type) for name in names}
    return {name: writers[kind] for name, kind in types.items() if kind in writers}


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
    # Without the type of its column SQLite compares a value with each row of the table instead of asking the index.
    types = {name: row.__table__.c[name].type for name in names}
    return select(*(cast(func.json_extract(value, f"$.{name}"), types[name]).label(name) for name in names))


def _times_of_sqlite(values: Column) -> Column:
    return [_time("", each) for each in values]


def _times_of_postgres(values: Column) -> Column:
    return [_time("+00:00", each) for each in values]


@lru_cache(maxsize=256)
def _time(offset: str, at: datetime | None) -> str | None:
    """An instant as `UtcTime` stores it. ValueError for one without a zone."""
    if at is None:
        return None
    if at.utcoffset() is None:
        raise ValueError(f"a time without a zone cannot be stored: {at}")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds") + offset


def _jsons(values: Column) -> Column:
    return [None if each is None else str(each) if isinstance(each, Dumped) else dump_json(each) for each in values]


def _texts(values: Column) -> Column:
    """Plain text, made clean: all values are looked at together, as hardly any is not."""
    plain = [None if each is None else str(each) for each in values]
    if is_clean("".join(filter(None, plain))):
        return plain
    return [each and clean(each) for each in plain]
