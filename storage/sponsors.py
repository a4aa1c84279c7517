"""What sponsors say, and what needs one, in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.sponsor import Mood, SponsorWord
from bot.domain.stake import Size
from storage.reviews import FRESH
from storage.sql import insert_into
from storage.tables_roadmap import SponsorWordRow, StakeSizeRow

_KEY = ("workspace", "month", "item", "by")
_ALIKE = (*_KEY, "words", "at")


class SqlSponsorWords:
    """Implements bot.ports.SponsorWords within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, word: SponsorWord) -> None:
        """Store a word, in place of the last of the same sponsor on the same item in that month."""
        values = {name: getattr(word, name) for name in _ALIKE} | {"mood": word.mood.value}
        fresh = {name: value for name, value in values.items() if name not in _KEY}
        row = insert_into(self._session, SponsorWordRow).values(values)
        self._session.execute(row.on_conflict_do_update(index_elements=list(_KEY), set_=fresh))

    def of(self, workspace: str, month: str) -> Sequence[SponsorWord]:
        """All words of a month, by item and person."""
        wanted = select(SponsorWordRow).where(SponsorWordRow.workspace == workspace, SponsorWordRow.month == month)
        rows = self._session.scalars(wanted, execution_options=FRESH)
        found = [SponsorWord(**{name: getattr(row, name) for name in _ALIKE}, mood=Mood(row.mood)) for row in rows]
        return sorted(found, key=lambda one: (one.item, one.by))

    def size(self, workspace: str) -> Size:
        """From which size on a ticket has a sponsor."""
        row = self._session.get(StakeSizeRow, workspace, populate_existing=True)
        return Size(row.yearly, row.audience) if row else Size()

    def resize(self, workspace: str, size: Size) -> None:
        """From now on it is this size."""
        fresh = {"yearly": size.yearly, "audience": size.audience}
        row = insert_into(self._session, StakeSizeRow).values(workspace=workspace, **fresh)
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace"], set_=fresh))
