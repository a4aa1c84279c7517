"""What the language model cost, and where it may write, in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.usage import Purpose, Used
from storage.sql import insert_into
from storage.tables_around import ModelUseRow, ModelWritesRow

COUNTED = ("calls", "tokens_in", "tokens_out")


class SqlUsage:
    """Implements bot.ports.Usage within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, workspace: str, day: date, purpose: Purpose, used: Used) -> Used:
        """Count some more; the day's total for this purpose, its row locked until the transaction ends."""
        given = {name: getattr(used, name) for name in COUNTED}
        more = insert_into(self._session, ModelUseRow).values(workspace=workspace, day=day, purpose=purpose, **given)
        columns = [getattr(ModelUseRow, name) for name in COUNTED]
        counted = more.on_conflict_do_update(
            index_elements=["workspace", "day", "purpose"],
            set_={name: column + more.excluded[name] for name, column in zip(COUNTED, columns, strict=True)},
        )
        return Used(*self._session.execute(counted.returning(*columns)).one())

    def today(self, workspace: str, day: date, purpose: Purpose) -> Used:
        """The total of a day for a purpose."""
        return self.between(workspace, day, day).get(purpose, Used())

    def between(self, workspace: str, first: date, last: date) -> Mapping[Purpose, Used]:
        """The total of some days, by purpose."""
        sums = (func.sum(getattr(ModelUseRow, name)) for name in COUNTED)
        mine = (ModelUseRow.workspace == workspace, ModelUseRow.day.between(first, last))
        wanted = select(ModelUseRow.purpose, *sums).where(*mine).group_by(ModelUseRow.purpose)
        return {Purpose(purpose): Used(*map(int, rest)) for purpose, *rest in self._session.execute(wanted)}

    def may_write(self, workspace: str) -> bool:
        """Whether the admin switched it on."""
        wanted = select(ModelWritesRow.is_on).where(ModelWritesRow.workspace == workspace)
        return bool(self._session.scalar(wanted))

    def let_write(self, workspace: str, by: str, at: datetime, *, on: bool) -> None:
        """Switch it on or off."""
        said = {"is_on": on, "by": by, "at": at}
        row = insert_into(self._session, ModelWritesRow).values(workspace=workspace, **said)
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace"], set_=said))
