"""The fields of a form that ask a kind's questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.kinds import Input, Question
from bot.domain.people import Person, person_of
from bot.messages import Choice, Field, FieldKind
from bot.services.agreement import person_field

FIELD_KINDS = {
    Input.PARAGRAPH: FieldKind.PARAGRAPH,
    Input.DATE: FieldKind.DATE,
    Input.CHOICE: FieldKind.CHOICE,
}


def fields_for(
    questions: Iterable[Question],
    known: Mapping[str, str],
    people: Sequence[Person] = (),
    hints: Mapping[str, str] | None = None,
) -> tuple[Field, ...]:
    """The fields of some questions, with what is `known`; people are chosen from `people`, `hints` go first."""
    asked = (replace(one, hint=(hints or {}).get(one.key) or one.hint) for one in questions)
    return tuple(_field(one, known.get(one.key, ""), people) for one in asked)


def _field(question: Question, value: str, people: Sequence[Person]) -> Field:
    if question.input is Input.PERSON:
        return replace(person_field(question.key, question.label, people, person_of(value) or value), required=False)
    return Field(
        key=question.key,
        label=question.label,
        kind=FIELD_KINDS.get(question.input, FieldKind.LINE),
        value=value[: question.most],
        hint=question.hint,
        required=question.required,
        choices=tuple(Choice(words, words) for words in question.choices),
        most=question.most,
    )
