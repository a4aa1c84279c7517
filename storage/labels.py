"""What was made of messages and what people said of it, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.domain.detection import Action
from bot.domain.judgement import Judgement
from storage.sql import insert_into
from storage.tables_around import LabelRow

_KEY = ("workspace", "conversation", "message", "label")
_VALUES = ("confidence", "at", "said", "said_at", "text", "context")


class SqlLabels:
    """Implements bot.ports.Labels within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, judgement: Judgement) -> None:
        """Keep one, in place of what was known of the same label of the same message."""
        values = asdict(judgement)
        changed = {name: value for name, value in values.items() if name not in _KEY}
        statement = insert_into(self._session, LabelRow).values(values)
        self._session.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=changed))

    def of(self, workspace: str, conversation: str, message: str) -> Sequence[Judgement]:
        """What is known of one message, by label."""
        place = (LabelRow.workspace == workspace, LabelRow.conversation == conversation, LabelRow.message == message)
        return [_judgement_from(row) for row in self._session.scalars(select(LabelRow).where(*place).order_by("label"))]

    def since(self, since: datetime) -> Sequence[Judgement]:
        """Those heard at or after a time, in all workspaces, oldest first."""
        order = (LabelRow.at, *(getattr(LabelRow, name) for name in _KEY))
        wanted = select(LabelRow).where(LabelRow.at >= since).order_by(*order)
        return [_judgement_from(row) for row in self._session.scalars(wanted)]

    def forget(
        self, workspace: str = "", conversation: str = "", message: str = "", *, before: datetime | None = None
    ) -> int:
        """Wipe the words (of a workspace, a conversation in it, a message in that; judged before a time); how many."""
        narrowed = {"workspace": workspace, "conversation": conversation, "message": message}
        wanted = [getattr(LabelRow, name) == value for name, value in narrowed.items() if value]
        if before is not None:
            wanted.append(func.coalesce(LabelRow.said_at, LabelRow.at) < before)
        wiped = update(LabelRow).where((LabelRow.text != "") | (LabelRow.context != ""), *wanted)
        wiped = wiped.values(text="", context="").returning(LabelRow.label)
        return len(self._session.scalars(wiped, execution_options={"synchronize_session": False}).all())


def _judgement_from(row: LabelRow) -> Judgement:
    alike = {name: getattr(row, name) for name in (*_KEY, *_VALUES)}
    return Judgement(action=Action(row.action), **alike)
