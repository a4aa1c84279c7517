"""Questions to try answering, one JSON object a line; and what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.domain.answer_figures import Tried
from bot.domain.errors import Invalid
from bot.domain.knowledge import Audience, readable
from bot.domain.people import Role
from bot.files.yaml_text import told


class Question(BaseModel):
    """One question: who asks it, and the file of the article that answers it, None if none does that they may read."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str
    question: Annotated[str, StringConstraints(strip_whitespace=True)]
    asker: Literal["marketer", "it"] = "marketer"
    lang: str = "en"
    article: str | None = None

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """What its asker may read."""
        return readable([Role.LIAISON] if self.asker == "it" else [])


def read_questions(file: Path) -> list[Question]:
    """The questions of a file. Raises Invalid with the line that can't be read."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file} can't be read as text ({type(error).__name__}).") from None
    found = [_question(file.name, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise Invalid(f"There is no question in {file}.")
    return found


def prediction_lines(tried: Iterable[Tried]) -> Iterator[str]:
    """One JSON object a line: `{id, ranked, answered, confidence}`."""
    for one in tried:
        row = {"id": one.id, "ranked": list(one.ranked), "answered": one.answered}
        yield json.dumps(row | {"confidence": round(one.confidence, 4)}, ensure_ascii=False)


def _question(name: str, number: int, line: str) -> Question:
    try:
        return Question.model_validate_json(line)
    except ValidationError as error:
        raise Invalid(f"{name}, line {number}: {told(error)}") from None
