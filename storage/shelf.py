"""Files behind their tokens, in the database; every call is a transaction."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.ports import Now
from bot.ports.places import KeptFile
from storage.engine import session
from storage.sql import insert_into
from storage.tables_places import KeptFileRow


class SqlShelf:
    """Implements bot.ports.places.Shelf."""

    def __init__(self, engine: Engine, now: Now) -> None:
        self._engine = engine
        self._now = now

    def lay(self, token: str, file: KeptFile) -> None:
        """Keep a file; the same one again is left as it is."""
        values = {"token": token, "at": self._now(), "workspace": file.workspace, "name": file.name}
        with session(self._engine) as opened:
            made = insert_into(opened, KeptFileRow).values(values | {"content": file.content})
            opened.execute(made.on_conflict_do_nothing())

    def fetch(self, token: str) -> KeptFile | None:
        """The file of a token."""
        with session(self._engine) as opened:
            row = opened.get(KeptFileRow, token)
            return KeptFile(row.workspace, row.name, row.content) if row else None
