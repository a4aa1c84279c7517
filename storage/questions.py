"""Private questions and slots of scheduled work in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bot.domain.detection import Detection
from bot.messages import Request
from bot.ports import OpenQuestion
from storage.codec import dump_request, load_request
from storage.sql import insert_into
from storage.tables_around import OccurrenceRow, QuestionRow


class SqlQuestions:
    """Implements bot.ports.Questions within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, question: OpenQuestion) -> None:
        """Keep an open question."""
        values = {name: getattr(question, name) for name in _ALIKE}
        content = _content_values(question.request, question.detection)
        self._session.execute(insert(QuestionRow).values(values | content))

    def get(self, workspace: str, question: str) -> OpenQuestion | None:
        """One question, locked until the transaction ends; None if it is gone."""
        wanted = select(QuestionRow).where(QuestionRow.workspace == workspace, QuestionRow.id == question)
        row = self._session.scalars(wanted.with_for_update()).one_or_none()
        return None if row is None else _question_from(row)

    def answer(self, question: OpenQuestion, answer: str, at: datetime) -> None:
        """Note the answer and wipe the message."""
        self._wipe(question, at, {"answer": answer, "answered_at": at})

    def last(self, workspace: str, person: str, topic: str) -> OpenQuestion | None:
        """The newest question to this person about this topic (any topic if empty)."""
        wanted = select(QuestionRow).where(QuestionRow.workspace == workspace, QuestionRow.person == person)
        if topic:
            wanted = wanted.where(QuestionRow.topic == topic)
        newest = wanted.order_by(QuestionRow.asked_at.desc(), QuestionRow.id.desc()).limit(1)
        row = self._session.scalars(newest).first()
        return None if row is None else _question_from(row)

    def forget(self, before: datetime) -> int:
        """Wipe the messages of questions asked before a time and never answered; how many."""
        wanted = select(QuestionRow).where(QuestionRow.wiped_at.is_(None), QuestionRow.asked_at < before)
        old = self._session.scalars(wanted.with_for_update(skip_locked=True)).all()
        for row in old:
            self._wipe(_question_from(row), before, {})
        return len(old)

    def _wipe(self, question: OpenQuestion, at: datetime, more: dict[str, Any]) -> None:
        content = _content_values(without_message(question.request), without_words(question.detection))
        self._session.execute(
            update(QuestionRow)
            .where(QuestionRow.workspace == question.workspace, QuestionRow.id == question.id)
            .values(content | more | {"wiped_at": at}),
            execution_options={"synchronize_session": False},
        )


class SqlOccurrences:
    """Implements bot.ports.Occurrences within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, workspace: str, job: str, slot: str, at: datetime) -> bool:
        """True for exactly one caller per (workspace, job, slot): the first one that commits."""
        row = insert_into(self._session, OccurrenceRow).values(workspace=workspace, job=job, slot=slot, at=at)
        taken = self._session.execute(row.on_conflict_do_nothing().returning(OccurrenceRow.slot))
        return taken.first() is not None

    def last(self, workspace: str, job: str) -> tuple[str, datetime] | None:
        """The newest slot claimed for a job, with its time."""
        wanted = (
            select(OccurrenceRow.slot, OccurrenceRow.at)
            .where(OccurrenceRow.workspace == workspace, OccurrenceRow.job == job)
            .order_by(OccurrenceRow.at.desc(), OccurrenceRow.slot.desc())
            .limit(1)
        )
        row = self._session.execute(wanted).first()
        return None if row is None else (row.slot, row.at)


def without_message(request: Request) -> Request:
    """The request with nothing left of what anybody wrote: ids, place and time only."""
    return replace(
        request, name="", text="", value="", values={}, context={}, about_text="", files=(), view="", reply_to=""
    )


def without_words(detection: Detection) -> Detection:
    """The detection with its labels and confidence, and nothing left of the message's words."""
    return replace(detection, tools=(), campaign=None, why=())


_ALIKE = ("workspace", "id", "person", "topic", "asked_at", "answer", "answered_at")


def _content_values(request: Request, detection: Detection) -> dict[str, Any]:
    return {"request": dump_request(request), "detection": detection.to_dict()}


def _question_from(row: QuestionRow) -> OpenQuestion:
    alike = {name: getattr(row, name) for name in _ALIKE}
    return OpenQuestion(request=load_request(row.request), detection=Detection.from_dict(row.detection), **alike)
