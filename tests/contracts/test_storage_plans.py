"""How SQLite finds many rows at once: by an index, however many others there are, and without statistics."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Engine, event

from storage.engine import make_engine
from storage.store import Store
from tests.contracts.test_storage_watch import add, look_at, passed
from tests.support.samples import DAY, NOW, a_post

FOUND = re.compile(r"SEARCH \w+ USING INDEX \w+ \(workspace=\? AND (number|update_of)=\?")


def test_no_step_of_the_sweep_looks_at_every_row_of_a_table(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    store = Store(engine, lambda: NOW)
    add(store, 3)
    for number in (1, 2, 3):
        look_at(store, number, NOW, NOW)
    plans = picked_by_list(engine)
    with store.unit_of_work() as uow:
        uow.watch.save([passed(one) for one in uow.watch.claim(NOW + DAY, 10)])
        uow.outbox.put([a_post("b", update_of="a")])
    store.close()
    assert len(plans) == 4  # clocks, escalations, revisions and older updates
    assert all(FOUND.match(plan) for plan in plans), plans


def picked_by_list(engine: Engine) -> list[str]:
    """Filled, from now on, with the first step of the plan of each statement that picks its rows by a list."""
    plans: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        if "json_each" in statement:
            plans.append(cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchone()[3])

    return plans
