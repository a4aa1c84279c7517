"""A workspace's own questions of due diligence in the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.diligence import Question
from bot.domain.errors import Conflict
from bot.domain.own_questions import OwnQuestion
from storage.sql import insert_into
from storage.tables_diligence import OwnQuestionRow

CHANGED = "Somebody else changed these questions just now. Open them again to see how they stand."


class SqlOwnQuestions:
    """Implements bot.ports.OwnQuestions within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, workspace: str) -> Sequence[OwnQuestion]:
        """Every version of every question, in the order in which they came."""
        wanted = select(OwnQuestionRow).where(OwnQuestionRow.workspace == workspace)
        rows = self._session.scalars(wanted.order_by(OwnQuestionRow.at, OwnQuestionRow.key, OwnQuestionRow.version))
        return [
            OwnQuestion(row.version, _questions().validate_python(row.question), row.is_asked, row.by, row.at)
            for row in rows
        ]

    def add(self, workspace: str, one: OwnQuestion) -> None:
        """Store a version. Raises Conflict if somebody else added it."""
        plain = {"version": one.version, "is_asked": one.is_asked, "by": one.by, "at": one.at}
        question = _questions().dump_python(one.question, mode="json")
        row = insert_into(self._session, OwnQuestionRow).values(
            plain | {"workspace": workspace, "key": one.question.key, "question": question}
        )
        added = self._session.execute(row.on_conflict_do_nothing().returning(OwnQuestionRow.version))
        if added.first() is None:
            raise Conflict(CHANGED)


@cache
def _questions() -> TypeAdapter[Question]:
    return TypeAdapter(Question)
