"""SQLite takes one process: a lock on the data folder, held as long as the bot runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.domain.errors import Permanent

if TYPE_CHECKING:
    from bot.settings import Settings

LOCK = "running.lock"


@contextmanager
def only_process(settings: Settings) -> Iterator[bool]:
    """Hold the data folder's lock, unless a PostgreSQL database is shared. The system frees it if we are killed.

    Tells whether it is held, so that whoever used the folder's database before has ended.
    Raises Permanent if another process holds it. Where the system has no such locks (Windows) nothing is held.
    """
    if sys.platform == "win32" or (settings.has_slack and settings.database_url.get_secret_value()):
        yield False
        return
    import fcntl

    with (settings.data_dir / LOCK).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Permanent(
                f"IT Liaison runs already on the data folder {settings.data_dir}.",
                "running",
                "Stop that one first (Ctrl-C), or set DATABASE_URL to a PostgreSQL database to run several.",
            ) from error
        yield True
