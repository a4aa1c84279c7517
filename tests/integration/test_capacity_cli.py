"""`capacity import` on the database of a bot."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.now import utc_now
from storage.engine import make_engine
from storage.store import Store
from tests.builders import TEAM, a_channel
from tests.support.command_line import type_command


def a_test(failed: float) -> str:
    """A load test as k6 sums it up."""
    return json.dumps(
        {
            "metrics": {
                "http_reqs": {"count": 90000, "rate": 150.0},
                "http_req_duration": {"p(95)": 480},
                "http_req_failed": {"value": failed},
            }
        }
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that holds one workspace, in a folder's data folder."""
    (tmp_path / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{tmp_path / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel())
    return store


def test_a_load_test_is_kept_for_its_site(tmp_path: Path, store: Store) -> None:
    (tmp_path / "k6.json").write_text(a_test(0.002))
    arguments = ("capacity", "import", str(tmp_path / "k6.json"), "--site", "www.shop.example", "--on", "2026-09-01")
    told = type_command(tmp_path, {}, *arguments)
    assert told.stdout == "✓ shop.example takes 150 requests a second (load test with k6), until 2026-11-30.\n"
    with store.unit_of_work() as uow:
        (site,), (record,) = uow.sites.of(TEAM), uow.sites.measured(TEAM)
    assert (site.host, record.requests_per_s, record.measured_on) == ("shop.example", 150.0, date(2026, 9, 1))
    store.close()


def test_a_test_that_failed_is_no_capacity_and_is_not_kept(tmp_path: Path, store: Store) -> None:
    (tmp_path / "k6.json").write_text(a_test(0.2))
    told = type_command(tmp_path, {}, "capacity", "import", str(tmp_path / "k6.json"), "--site", "shop.example")
    assert told.returncode != 0
    assert "20.0% of the requests failed" in told.stderr
    with store.unit_of_work() as uow:
        assert list(uow.sites.of(TEAM)) == []
    store.close()
