"""Forms as modals, the loading view that stands in for one, and the view that says why there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.messages import Card, Choice, Field, FieldKind, Form
from bot.platforms.slack.blocks import TEXT, TEXT_PAGES, VIEW_BLOCKS, plain_text, prose, stack
from bot.platforms.slack.spans import Look, cut, pages, plain, size

Json = dict[str, Any]

TITLE = 24
LABEL = 2_000
PLACEHOLDER = 150
OPTIONS = 100
OPTION_LABEL = 75
OPTION_VALUE = 150
LONGEST_VALUE = 3_000
METADATA = 3_000
CALLBACK = 255
BLOCK_ID = 255
NAME = "IT Liaison"
LOADING = "loading"


def form_view(form: Form, look: Look) -> Json:
    """A form as a modal. What a field holds comes back under its key, the context unchanged."""
    intro = [prose(page) for page in pages(form.intro, look, TEXT, TEXT_PAGES)]
    inputs = [_input(field) for field in form.fields[: VIEW_BLOCKS - len(intro)]]
    return _modal(form.title, intro + inputs or [prose("…")]) | {
        "callback_id": form.name[:CALLBACK],
        "submit": plain_text(form.submit, TITLE),
        "private_metadata": _metadata(form.context),
    }


def loading_view() -> Json:
    """What is shown until the form is there."""
    return _modal(NAME, [prose("One moment …")]) | {"callback_id": LOADING}


def closing_view(card: Card, look: Look) -> Json:
    """A card where a form would have been."""
    return _modal(card.title or NAME, stack(card, look, VIEW_BLOCKS), "Close") | {"callback_id": LOADING}


def _modal(title: str, blocks: list[Json], close: str = "Cancel") -> Json:
    made: Json = {"type": "modal", "title": plain_text(title, TITLE), "close": plain_text(close, TITLE)}
    return made | {"blocks": blocks}


def _metadata(context: Mapping[str, str]) -> str:
    """The context as JSON within Slack's limit: the longest values are cut first, for ids and names are short."""
    kept = dict(context)
    while size(text := json.dumps({"context": kept}, ensure_ascii=False)) > METADATA:
        longest = max(kept, key=lambda name: len(kept[name]))
        if len(kept[longest]) < 2:
            del kept[longest]
        else:
            kept[longest] = kept[longest][: len(kept[longest]) * 3 // 4]
    return text


def _input(field: Field) -> Json:
    made: Json = {
        "type": "input",
        "block_id": field.key[:BLOCK_ID],
        "label": plain_text(field.label, LABEL),
        "element": _element(field) | {"action_id": "value"},
        "optional": not field.required,
    }
    return made | {"hint": plain_text(field.hint, LABEL)} if field.hint.strip() else made


def _element(field: Field) -> Json:
    if field.kind is FieldKind.DATE:
        return _date(field)
    if field.kind is FieldKind.CHOICE and field.choices:
        return _select(field)
    return _text(field)


def _text(field: Field) -> Json:
    most = max(1, min(field.most, LONGEST_VALUE))
    made: Json = {"type": "plain_text_input", "multiline": field.kind is FieldKind.PARAGRAPH, "max_length": most}
    return made | {"initial_value": cut(list(field.value), most)} if field.value else made


def _date(field: Field) -> Json:
    try:
        return {"type": "datepicker", "initial_date": date.fromisoformat(field.value).isoformat()}
    except ValueError:
        return {"type": "datepicker"}


def _select(field: Field) -> Json:
    """The chosen option is also the placeholder: some clients show only that."""
    choices = _offered(field)
    made: Json = {"type": "static_select", "options": [_option(choice) for choice in choices]}
    chosen = next((choice for choice in choices if choice.value == field.value), None)
    if chosen is None:
        return made
    return made | {"initial_option": _option(chosen), "placeholder": plain_text(chosen.label, PLACEHOLDER)}


def _offered(field: Field) -> Sequence[Choice]:
    """Up to 100 choices, each value once, the chosen one among them."""
    unique = list({choice.value: choice for choice in reversed(field.choices)}.values())[::-1]
    chosen = [choice for choice in unique[OPTIONS:] if choice.value == field.value]
    return [*unique[: OPTIONS - len(chosen)], *chosen]


def _option(choice: Choice) -> Json:
    return {"text": plain_text(choice.label, OPTION_LABEL), "value": plain(choice.value, OPTION_VALUE)}
