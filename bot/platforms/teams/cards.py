"""Cards as Adaptive Cards 1.5, always within what Teams takes in one message."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.attachments import Picture
from bot.messages import Button, Card, Fact, Line, Section, Style, Text
from bot.platforms.teams.spans import Ink, markdown, plain

Json = dict[str, Any]
OpensForm = Callable[[str], bool]

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
MOST_BYTES = 24_000  # of about 28 KB that a message may have, with what is around the card
TEXT = 9_000
FACT = 2_000
NARROW = 200
TITLE = 150
BUTTON_LABEL = 75
ACTIONS = 25
STYLES = {Style.PRIMARY: "positive", Style.DANGER: "destructive"}
MORE: Text = ("… and more that does not fit here.",)


def message(card: Card, key: str, ink: Ink, opens_form: OpensForm) -> Json:
    """A card as an Adaptive Card whose first element carries `key`; what is too much for Teams gives way."""
    while True:
        made = adaptive(card, ink, opens_form)
        made["body"][0]["id"] = f"key:{key}"
        if size(made) <= MOST_BYTES:
            return made
        card = shortened(card)


def adaptive(card: Card, ink: Ink, opens_form: OpensForm) -> Json:
    """A card as it is, however long."""
    body = [*_head(card, ink), *_sections(card.sections, ink, opens_form), *_note(card.note, ink)]
    actions = [
        *_actions(card.buttons, opens_form),
        *(one | {"mode": "secondary"} for one in _actions(card.more, opens_form)),
    ]
    return envelope(body or [text_block(card.alt or "…")], actions[:ACTIONS], ink)


def envelope(body: list[Json], actions: list[Json], ink: Ink) -> Json:
    """Body and actions as a card that declares its mentions and takes the whole width."""
    return bare(body, actions) | {"msteams": {"width": "Full", "entities": ink.entities}}


def bare(body: list[Json], actions: list[Json]) -> Json:
    """Body and actions as a card that mentions nobody."""
    made: Json = {"type": "AdaptiveCard", "$schema": SCHEMA, "version": VERSION, "body": body}
    return made | {"actions": actions} if actions else made


def size(made: Json) -> int:
    """How many bytes it takes on its way."""
    return len(json.dumps(made, ensure_ascii=False).encode())


def shortened(card: Card) -> Card:
    """The card with about a quarter of its longest part gone, and a line that says so."""
    most = max((section for section in card.sections), key=lambda one: len(one.lines), default=None)
    if most is not None and len(most.lines) > 1:
        kept = [one for one in most.lines if one.text != MORE][: len(most.lines) * 3 // 4]
        cut_down = replace(most, lines=(*kept, Line(MORE)))
        return replace(card, sections=tuple(cut_down if one is most else one for one in card.sections))
    if len(card.facts) > 1:
        return replace(card, facts=card.facts[: len(card.facts) * 3 // 4], note=MORE)
    if card.sections:
        return replace(card, sections=card.sections[:-1], note=MORE)
    if card.more or len(card.buttons) > 1:
        return replace(card, more=(), buttons=card.buttons[: max(len(card.buttons) // 2, 1)])
    return Card(card.title, (plain_words(card.text)[:1_000], *MORE), buttons=card.buttons[:1])


def plain_words(text: Text) -> str:
    """The words people wrote in a text."""
    return " ".join(span for span in text if isinstance(span, str))


def text_block(words: str, **more: object) -> Json:
    """A paragraph that wraps."""
    return {"type": "TextBlock", "text": words, "wrap": True} | more


def _head(card: Card, ink: Ink) -> Iterable[Json]:
    if card.title.strip():
        title = markdown((card.title,), ink, TITLE)
        yield text_block(title, size="Large", weight="Bolder", style="heading")
    if said := markdown(card.text, ink, TEXT):
        yield text_block(said)
    yield from _facts(card.facts, ink)
    if card.picture is not None:
        yield _picture(card.picture)
    if card.file is not None:
        yield text_block(plain(f"File: {card.file.name}", TITLE), isSubtle=True)


def _facts(facts: Sequence[Fact], ink: Ink) -> Iterable[Json]:
    """Short ones side by side, then each long one over the full width."""
    told = [(plain(fact.label, TITLE), markdown(fact.value, ink, FACT) or "–") for fact in facts]
    short = [{"title": label, "value": value} for label, value in told if len(value) <= NARROW]
    if short:
        yield {"type": "FactSet", "facts": short}
    for label, value in told:
        if len(value) > NARROW:
            yield text_block(label, weight="Bolder")
            yield text_block(value, spacing="None")


def _picture(picture: Picture) -> Json:
    """A picture by its address; without one, what it shows in words."""
    if not picture.handle:
        return text_block(plain(picture.alt, FACT), isSubtle=True)
    return {"type": "Image", "url": picture.handle, "altText": plain(picture.alt, FACT), "size": "Stretch"}


def _sections(sections: Iterable[Section], ink: Ink, opens_form: OpensForm) -> Iterable[Json]:
    for section in sections:
        if section.title.strip():
            yield text_block(markdown((section.title,), ink, TITLE), weight="Bolder", separator=True)
        for line in section.lines:
            yield from _line(line, ink, opens_form)


def _line(line: Line, ink: Ink, opens_form: OpensForm) -> Iterable[Json]:
    said = markdown(line.text, ink, TEXT)
    if line.button is None:
        if said:
            yield text_block(said, spacing="Small")
        return
    words = {"type": "Column", "width": "stretch", "items": [text_block(said or "…")]}
    button = {"type": "ActionSet", "actions": list(_actions([line.button], opens_form))}
    pressed = {"type": "Column", "width": "auto", "items": [button]}
    yield {"type": "ColumnSet", "columns": [words, pressed]}


def _note(note: Text, ink: Ink) -> Iterable[Json]:
    if said := markdown(note, ink, FACT):
        yield text_block(said, isSubtle=True, size="Small")


def _actions(buttons: Iterable[Button], opens_form: OpensForm) -> Iterable[Json]:
    for button in buttons:
        pressed = _pressed(button, opens_form)
        yield _confirmed(button, pressed) if button.confirm else pressed


def _pressed(button: Button, opens_form: OpensForm) -> Json:
    """A page is opened; a form is fetched as a dialog; all else is executed."""
    made: Json = {"title": plain(button.label, BUTTON_LABEL)}
    if button.style in STYLES:
        made["style"] = STYLES[button.style]
    if button.url:
        return made | {"type": "Action.OpenUrl", "url": button.url}
    if opens_form(button.action):
        fetched = {"msteams": {"type": "task/fetch"}, "action": button.action, "value": button.value}
        return made | {"type": "Action.Submit", "data": fetched}
    return made | {"type": "Action.Execute", "verb": button.action, "data": {"value": button.value}}


def _confirmed(button: Button, pressed: Json) -> Json:
    """The button opens up; the question stands inside, with the button that does it."""
    asked = {"type": "AdaptiveCard", "body": [text_block(plain(button.confirm, FACT))], "actions": [pressed]}
    return {"type": "Action.ShowCard", "title": plain(button.label, BUTTON_LABEL), "card": asked}
