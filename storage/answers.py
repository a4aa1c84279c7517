"""The answers of due diligence in the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.domain.answers import Given
from bot.domain.diligence import Answer
from bot.domain.errors import Conflict
from storage.sql import insert_into
from storage.tables_diligence import AnswerRow

CHANGED = "Somebody else answered the same just now. Open the questions again to see what stands there."


class SqlAnswers:
    """Implements bot.ports.Answers within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, workspace: str, given: Sequence[Given]) -> None:
        """Store versions of answers. Raises Conflict if somebody else added one of them."""
        for one in given:
            row = insert_into(self._session, AnswerRow).values(_values(workspace, one))
            added = self._session.execute(row.on_conflict_do_nothing().returning(AnswerRow.id))
            if added.first() is None:
                raise Conflict(CHANGED)

    def of(self, workspace: str, number: int) -> Sequence[Given]:
        """Every version of a ticket's answers, in the order in which they came."""
        return self._found(select(AnswerRow).where(AnswerRow.workspace == workspace, AnswerRow.number == number))

    def about(self, workspace: str, vendor: str, besides: int) -> Sequence[Given]:
        """Every version of the answers other tickets have about a vendor, in the order in which they came."""
        if not vendor:
            return []
        theirs = (AnswerRow.workspace == workspace, AnswerRow.vendor == vendor, AnswerRow.number != besides)
        return self._found(select(AnswerRow).where(*theirs))

    def _found(self, wanted: Select[AnswerRow]) -> list[Given]:
        return [_given(row) for row in self._session.scalars(wanted.order_by(AnswerRow.id))]


def _values(workspace: str, given: Given) -> dict[str, Any]:
    plain = {name: getattr(given, name) for name in ("number", "vendor", "version", "at", "by")}
    answer = {"question": given.answer.question, "answer": _answers().dump_python(given.answer, mode="json")}
    return {"workspace": workspace} | plain | answer


def _given(row: AnswerRow) -> Given:
    return Given(row.number, row.vendor, row.version, row.at, row.by, _answers().validate_python(row.answer))


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
