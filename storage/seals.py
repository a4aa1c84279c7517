"""The seals of people who ask anonymously, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.domain.anonymity import Seal
from storage.tables import TicketRow
from storage.tables_knowledge import SealRow

_FIELDS = ("workspace", "token", "ticket_key", "sealed", "made_at")


class SqlSeals:
    """Implements bot.ports.Seals within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, seal: Seal) -> None:
        """Store a new one."""
        self._session.execute(insert(SealRow).values({name: getattr(seal, name) for name in _FIELDS}))

    def get(self, workspace: str, token: str) -> Seal | None:
        """The seal of a token, None where there is none any more."""
        columns = select(*(getattr(SealRow, name) for name in _FIELDS))
        wanted = columns.where(SealRow.workspace == workspace, SealRow.token == token)
        row = self._session.execute(wanted).one_or_none()
        return None if row is None else Seal(**dict(zip(_FIELDS, row, strict=True)))

    def drop(self, workspace: str, token: str) -> None:
        """Destroy a seal; nothing happens if it is gone."""
        self._session.execute(delete(SealRow).where(SealRow.workspace == workspace, SealRow.token == token))

    def drop_unused(self, before: datetime) -> int:
        """Destroy the seals from before a time behind which no ticket stands; how many."""
        asked = select(TicketRow.number).where(
            TicketRow.workspace == SealRow.workspace, TicketRow.requester == SealRow.token
        )
        old = delete(SealRow).where(SealRow.made_at < before, ~asked.exists()).returning(SealRow.token)
        return len(self._session.execute(old).all())
