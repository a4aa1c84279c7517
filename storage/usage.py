"""What the language model cost, in the database."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.usage import Used
from storage.sql import insert_into
from storage.tables_around import UsageRow


class SqlUsage:
    """Implements bot.ports.Usage within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, workspace: str, day: date, used: Used) -> Used:
        """Count some more; the day's total, its row locked until the transaction ends."""
        more = insert_into(self._session, UsageRow).values(
            workspace=workspace, day=day, calls=used.calls, tokens=used.tokens
        )
        counted = more.on_conflict_do_update(
            index_elements=["workspace", "day"],
            set_={"calls": UsageRow.calls + more.excluded.calls, "tokens": UsageRow.tokens + more.excluded.tokens},
        )
        row = self._session.execute(counted.returning(UsageRow.calls, UsageRow.tokens)).one()
        return Used(row.calls, row.tokens)

    def today(self, workspace: str, day: date) -> Used:
        """The total of a day."""
        wanted = select(UsageRow.calls, UsageRow.tokens).where(UsageRow.workspace == workspace, UsageRow.day == day)
        row = self._session.execute(wanted).one_or_none()
        return Used() if row is None else Used(row.calls, row.tokens)
