"""Public questions about paragraphs, from files in the format of SQuAD (Rajpurkar et al. 2016 and 2018)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError


@dataclass(frozen=True)
class Item:
    """A question and the paragraph it is asked of. `id` is the same in all languages, `span` says where the answer
    stands in the paragraph (its first character, one past its last); None: the paragraph doesn't answer it."""

    id: str
    title: str
    paragraph: str
    question: str
    span: tuple[int, int] | None


class _Answer(BaseModel):
    text: str
    answer_start: int


class _Question(BaseModel):
    id: str
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_Question]


class _Article(BaseModel):
    title: str
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    data: list[_Article] = Field(min_length=1)


def read_squad(file: Path) -> list[Item]:
    """The questions of a file. Left out: those whose answer is not given, or does not stand in the paragraph.

    Raises ValueError, with the place, for a file that can't be read or is no SQuAD file.
    """
    try:
        whole = _File.model_validate_json(file.read_bytes())
    except OSError as error:
        raise ValueError(f"{file} can't be read ({type(error).__name__}).") from None
    except ValidationError as error:
        raise ValueError(f"{file} is not in SQuAD's format: {_told(error)}") from None
    found = [
        item
        for article in whole.data
        for paragraph in article.paragraphs
        for asked in paragraph.qas
        if (item := _item(article.title, paragraph.context, asked))
    ]
    if not found:
        raise ValueError(f"No question in {file} can be learned from: none has its answer in its paragraph.")
    return found


def _item(title: str, paragraph: str, asked: _Question) -> Item | None:
    span = None
    if not asked.is_impossible:
        span = _span(paragraph, asked.answers[0]) if asked.answers else None
        if span is None:
            return None
    return Item(asked.id, title.replace("_", " "), paragraph, asked.question.strip(), span)


def _span(paragraph: str, answer: _Answer) -> tuple[int, int] | None:
    """Where the answer stands: translated files often miss by some characters."""
    start = answer.answer_start
    if start < 0 or not paragraph.startswith(answer.text, start):
        start = paragraph.find(answer.text)
    return (start, start + len(answer.text)) if start >= 0 and answer.text else None


def _told(error: ValidationError) -> str:
    """The first fault and its place; parts of lists count from 1."""
    first = error.errors(include_url=False)[0]
    place = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    words = "this is missing" if first["type"] == "missing" else first["msg"]
    return f"{place or 'the file'}: {words}."
