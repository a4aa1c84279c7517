"""The fields of a form that ask a kind's questions."""

from __future__ import annotations

from bot.domain.kinds import Input, Question
from bot.messages import Choice, Field, FieldKind

FIELD_KINDS = {
    Input.LINE: FieldKind.LINE,
    Input.AMOUNT: FieldKind.LINE,
    Input.PARAGRAPH: FieldKind.PARAGRAPH,
    Input.DATE: FieldKind.DATE,
    Input.CHOICE: FieldKind.CHOICE,
}


def field_for(question: Question, value: str = "") -> Field:
    """The field of a question, with what stands in it at first."""
    return Field(
        key=question.key,
        label=question.label,
        kind=FIELD_KINDS[question.input],
        value=value[: question.most],
        hint=question.hint,
        required=question.required,
        choices=tuple(Choice(words, words) for words in question.choices),
        most=question.most,
    )
