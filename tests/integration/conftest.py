"""What tests of the command line start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.now import utc_now
from storage.engine import make_engine
from storage.store import Store
from tests.builders import a_channel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose database holds one workspace."""
    (tmp_path / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{tmp_path / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel())
    store.close()
    return tmp_path
