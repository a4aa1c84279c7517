"""The vendor's questions as a table to send, and the answers that come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.diligence import Answer, Level, Question
from bot.domain.errors import Invalid
from bot.files import sheets

COLUMNS = ("key", "area", "question", "hint", "answer", "note", "evidence")
WORDS = {
    Level.YES: "yes",
    Level.EVIDENCED: "yes, see evidence",
    Level.PARTLY: "partly",
    Level.NO: "no",
    Level.UNKNOWN: "don't know",
    Level.NOT_APPLICABLE: "not applicable",
}
_LEVELS = {word: level for level, word in WORDS.items()} | {"n/a": Level.NOT_APPLICABLE, "unknown": Level.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: answers that stand, and what is wrong with the others, by line."""

    answers: tuple[Answer, ...]
    faults: tuple[str, ...]
    unanswered: int = 0


def table(questions: Iterable[Question], answers: Mapping[str, Answer]) -> list[sheets.Row]:
    """The rows to send, with what is known filled in."""
    rows = []
    for question in questions:
        known = answers.get(question.key)
        rows.append(
            {
                "key": question.key,
                "area": question.area,
                "question": question.text,
                "hint": question.hint or f"One of: {', '.join(WORDS.values())}",
                "answer": WORDS[known.level] if known else "",
                "note": known.note if known else "",
                "evidence": known.evidence if known else "",
            }
        )
    return rows


def as_csv(questions: Iterable[Question], answers: Mapping[str, Answer]) -> bytes:
    """The questionnaire as CSV."""
    return sheets.write_csv(COLUMNS, table(questions, answers))


def as_text(questions: Iterable[Question], answers: Mapping[str, Answer]) -> str:
    """The same as text, for a chat to carry."""
    return as_csv(questions, answers).decode("utf-8")


def as_xlsx(questions: Iterable[Question], answers: Mapping[str, Answer]) -> bytes:
    """The questionnaire as XLSX."""
    return sheets.write_xlsx("Questions", COLUMNS, table(questions, answers))


def read(content: bytes, questions: Sequence[Question], author: str, on: date) -> Returned:
    """The answers in a file that came back. Raises Invalid if it is no such file; faults of single lines are told."""
    rows = sheets.read(content)
    if not rows or not {"key", "answer"} <= set(rows[0][1]):
        raise Invalid("This is no questionnaire of ours: the columns “key” and “answer” are missing.")
    known = {question.key for question in questions}
    answers: dict[str, Answer] = {}
    faults: list[str] = []
    unanswered = 0
    for number, row in rows:
        if not row.get("answer"):
            unanswered += 1
            continue
        try:
            answer = _answer(row, known, author, on)
        except Invalid as error:
            faults.append(f"line {number}: {error.words}")
            continue
        if answer.question in answers:
            faults.append(f"line {number}: “{answer.question}” is answered twice.")
        answers.setdefault(answer.question, answer)
    return Returned(tuple(answers.values()), tuple(faults), unanswered)


def _answer(row: sheets.Row, known: set[str], author: str, on: date) -> Answer:
    key = row.get("key", "")
    if key not in known:
        raise Invalid(f"“{key[:40]}” is no question of ours.")
    level = _LEVELS.get(row["answer"].casefold().replace("’", "'").rstrip("."))
    if level is None:
        raise Invalid(f"“{row['answer'][:40]}” is no answer; write one of: {', '.join(WORDS.values())}.")
    return Answer(key, level, author, on, row.get("note", ""), row.get("evidence", ""))
