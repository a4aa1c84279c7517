"""The questions of due diligence as a YAML file; the ones that ship stand beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from bot.domain.diligence import Asker, Level, Question, Tier
from bot.domain.errors import Invalid
from bot.files.yaml_text import Strict, parse

SHIPPED = Path(__file__).with_name("questions.yaml")
TIERS = {"low": Tier.LOW, "medium": Tier.MEDIUM, "high": Tier.HIGH}

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]
TierName = Annotated[str, Field(pattern="^(low|medium|high)$")]


class QuestionText(Strict):
    """One question."""

    key: Key
    area: Key
    criterion: Key
    asker: Asker
    tier: TierName = "low"
    text: Words
    hint: Annotated[str, Field(max_length=300)] = ""
    after: dict[Key, list[Level]] = {}
    knocks_out: TierName | None = None
    scored: bool = True
    valid_days: Annotated[int, Field(ge=1, le=3650)] = 365

    @field_validator("after", mode="before")
    @classmethod
    def _yes_and_no(cls, value: object) -> object:
        """YAML takes a bare yes or no for true or false; here they are answers."""
        if not isinstance(value, dict):
            return value
        named = {True: "yes", False: "no"}
        return {
            key: [named[one] if isinstance(one, bool) else one for one in levels]
            if isinstance(levels, list)
            else levels
            for key, levels in value.items()
        }


class QuestionsText(Strict):
    """The whole file."""

    questions: Annotated[list[QuestionText], Field(min_length=1, max_length=300)]


def read(text: str) -> tuple[Question, ...]:
    """The questions in their order. Raises Invalid with the place of what is wrong."""
    found = parse(text, QuestionsText).questions
    seen: set[str] = set()
    for number, one in enumerate(found, 1):
        unknown = sorted(set(one.after) - seen)
        if unknown:
            raise Invalid(f"questions[{number}].after: “{unknown[0]}” is no earlier question.")
        if one.key in seen:
            raise Invalid(f"questions[{number}].key: “{one.key}” is there twice.")
        seen.add(one.key)
    return tuple(_question(one) for one in found)


@cache
def shipped() -> tuple[Question, ...]:
    """The questions that ship."""
    return read(SHIPPED.read_text(encoding="utf-8"))


def _question(text: QuestionText) -> Question:
    return Question(
        key=text.key,
        area=text.area,
        criterion=text.criterion,
        text=text.text,
        asker=text.asker,
        tier=TIERS[text.tier],
        after={key: frozenset(levels) for key, levels in text.after.items()},
        knocks_out=TIERS[text.knocks_out] if text.knocks_out else None,
        valid_days=text.valid_days,
        scored=text.scored,
        hint=text.hint,
    )
