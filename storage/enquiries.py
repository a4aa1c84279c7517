"""What became of answers, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.domain.helpfulness import Enquiry, Verdict
from storage.tables_knowledge import EnquiryRow

_FIELDS = ("workspace", "conversation", "at", "article", "number", "id")


class SqlEnquiries:
    """Implements bot.ports.Enquiries within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, enquiry: Enquiry) -> int:
        """Note a question; the number it has from now on."""
        values = {name: getattr(enquiry, name) for name in _FIELDS if name != "id"}
        row = EnquiryRow(**values, verdict=enquiry.verdict.value)
        self._session.add(row)
        self._session.flush()
        return row.id

    def rate(self, workspace: str, id_: int, verdict: Verdict) -> None:
        """Note what the asker said; nothing happens if it is not there."""
        mine = (EnquiryRow.workspace == workspace, EnquiryRow.id == id_)
        self._session.execute(update(EnquiryRow).where(*mine).values(verdict=verdict.value))

    def between(self, workspace: str, since: datetime, until: datetime, conversation: str = "") -> Sequence[Enquiry]:
        """The questions of a period, oldest first; of one conversation, if one is named."""
        wanted = select(EnquiryRow).where(
            EnquiryRow.workspace == workspace, EnquiryRow.at >= since, EnquiryRow.at < until
        )
        if conversation:
            wanted = wanted.where(EnquiryRow.conversation == conversation)
        rows = self._session.scalars(wanted.order_by(EnquiryRow.at, EnquiryRow.id))
        return [Enquiry(**{name: getattr(row, name) for name in _FIELDS}, verdict=Verdict(row.verdict)) for row in rows]
