"""Forms as the cards of dialogs, with what is wrong beside each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.messages import Card, Choice, Field, FieldKind, Form
from bot.platforms.teams.cards import CARD_TYPE, OpensForm, adaptive, bare, envelope, text_block
from bot.platforms.teams.spans import Ink, markdown, plain

Json = dict[str, Any]

TITLE = 64
LABEL = 300
TEXT = 9_000
OPTIONS = 100
OPTION_LABEL = 150
LONGEST_VALUE = 3_000
MANY = 12  # from so many choices on one types to find
NAME = "IT Liaison"
REQUIRED = "Please fill this in."
FIX = "Some answers can't be taken yet. What is wrong stands below each of them."


def form_card(form: Form, view: str, ink: Ink, errors: Mapping[str, str] | None = None) -> Json:
    """A form as a card: each field's answer comes back under its key, with the `view` it belongs to."""
    wrong = errors or {}
    others = [words for key, words in wrong.items() if key not in {field.key for field in form.fields}]
    notes = [text_block(plain(words, TEXT), color="Attention") for words in ([FIX] if wrong else []) + others]
    intro = [text_block(said)] if (said := markdown(form.intro, ink, TEXT)) else []
    inputs = [part for field in form.fields for part in _input(field, wrong.get(field.key, ""))]
    send = {"type": "Action.Submit", "title": plain(form.submit, LABEL), "style": "positive", "data": {"view": view}}
    return envelope(notes + intro + inputs or [text_block("…")], [send], ink)


def filled(form: Form, values: Mapping[str, str]) -> Form:
    """The form with what somebody wrote in its fields."""
    fields = tuple(_with_value(field, values.get(field.key, "")) for field in form.fields)
    return Form(form.name, form.title, fields, form.submit, form.intro, form.context)


def dialog(title: str, card: Json) -> Json:
    """The answer to an invoke that opens a dialog, or replaces the one that is open."""
    shown = {"title": plain(title or NAME, TITLE), "height": "large", "width": "medium"}
    held = {"contentType": CARD_TYPE, "content": card}
    return {"task": {"type": "continue", "value": shown | {"card": held}}}


def waiting_card(name: str) -> Json:
    """What is shown while a form takes longer than Teams waits for it."""
    again = {"type": "Action.Submit", "title": "Show it", "data": {"waiting": name}}
    return bare([text_block("One moment, please …")], [again])


def closing_dialog(card: Card, ink: Ink, opens_form: OpensForm) -> Json:
    """A card where a form would have been."""
    return dialog(card.title, adaptive(card, ink, opens_form))


def _with_value(field: Field, value: str) -> Field:
    return Field(field.key, field.label, field.kind, value, field.hint, field.required, field.choices, field.most)


def _input(field: Field, wrong: str) -> Iterable[Json]:
    made: Json = {"id": field.key, "label": plain(field.label, LABEL), "isRequired": field.required}
    if field.required:
        made["errorMessage"] = REQUIRED
    yield made | _element(field)
    if field.hint.strip():
        yield text_block(plain(field.hint, LABEL), isSubtle=True, size="Small", spacing="None")
    if wrong:
        yield text_block(plain(wrong, LABEL), color="Attention", spacing="None")


def _element(field: Field) -> Json:
    if field.kind is FieldKind.DATE:
        return {"type": "Input.Date"} | _initial(_date(field.value))
    if field.kind is FieldKind.CHOICE and field.choices:
        return _select(field)
    most = max(1, min(field.most, LONGEST_VALUE))
    multiline = field.kind is FieldKind.PARAGRAPH
    return {"type": "Input.Text", "isMultiline": multiline, "maxLength": most} | _initial(field.value[:most])


def _initial(value: str) -> Json:
    return {"value": value} if value else {}


def _date(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return ""


def _select(field: Field) -> Json:
    choices = _offered(field)
    options = [{"title": plain(choice.label, OPTION_LABEL), "value": choice.value} for choice in choices]
    style = "filtered" if len(options) >= MANY else "compact"
    chosen = any(choice.value == field.value for choice in choices)
    return {"type": "Input.ChoiceSet", "style": style, "choices": options} | _initial(field.value if chosen else "")


def _offered(field: Field) -> Sequence[Choice]:
    """Up to 100 choices, each value once, the chosen one among them."""
    unique = list({choice.value: choice for choice in reversed(field.choices)}.values())[::-1]
    chosen = [choice for choice in unique[OPTIONS:] if choice.value == field.value]
    return [*unique[: OPTIONS - len(chosen)], *chosen]
