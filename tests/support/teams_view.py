"""What a person sees of an Adaptive Card, told in the shape the journeys read messages and forms in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.teams_world import BOT, ZONE, Message

Json = dict[str, Any]

WRONG = "Attention"
_DATE = re.compile(r"\{\{(DATE|TIME)\(([^,)]+)[^)]*\)\}\}")
_BREAKER = re.compile(
    "(?<!<)\u200b"
)  # what breaks a mark is not seen; that it breaks Slack's too is what tests ask for
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def seen(message: Message) -> Json:
    """A message with its blocks."""
    shown: Json = {"ts": message.id, "channel": message.conversation, "user": message.author, "text": message.text}
    if message.root:
        shown["thread_ts"] = message.root
    return shown | {"blocks": blocks(message.card) if message.card else []}


def is_key(message: Message, beginning: str) -> bool:
    """Whether a card of the bot carries a key that begins so."""
    return message.card is not None and str(message.card["body"][0].get("id")).startswith(f"key:{beginning}")


def whispered(text: str, channel: str) -> Json:
    """Words that were shown for a moment."""
    return {"ts": "0", "channel": channel, "user": BOT, "text": text, "blocks": []}


def blocks(card: Json) -> list[Json]:
    """The elements and buttons of a card."""
    names = {one["text"]: f"<@{one['mentioned']['id']}>" for one in card.get("msteams", {}).get("entities", ())}
    found = [block for element in card.get("body") or () for block in _block(element, names)]
    return found + _actions(card.get("actions") or [])


def view(title: str, card: Json) -> Json:
    """A dialog as a form: its fields with their labels and what stands in them."""
    fields = [_field(one) for one in card["body"] if one["type"].startswith("Input.")]
    return {"title": {"text": title}, "blocks": [*blocks(card), *fields]}


def errors(card: Json) -> dict[str, str]:
    """What is wrong with each field, as it stands below it; what belongs to no field under an empty name."""
    found: dict[str, str] = {}
    field = ""
    for one in card["body"]:
        field = one["id"] if one["type"].startswith("Input.") else field
        if one.get("color") == WRONG and (field or not found):
            found[field] = one["text"]
    return {name: words for name, words in found.items() if name or len(found) == 1}


def actions(card: Json) -> Iterator[Json]:
    """Everything that can be pressed on a card; what asks for confirmation by the button inside, with its own label."""
    for part in _inside(card):
        for one in part.get("actions") or ():
            if one["type"] == "Action.ShowCard":
                yield one["card"]["actions"][0] | {"title": one["title"]}
            else:
                yield one


def _inside(value: Any) -> Iterator[Json]:
    if isinstance(value, list):
        for one in value:
            yield from _inside(one)
    elif isinstance(value, dict):
        yield value
        if value.get("type") != "Action.ShowCard":
            for name in ("body", "items", "columns", "actions"):
                yield from _inside(value.get(name))


def _block(element: Json, names: dict[str, str]) -> Iterator[Json]:
    kind = element["type"]
    if kind == "TextBlock" and element.get("style") == "heading":
        yield {"type": "header", "text": {"type": "plain_text", "text": _said(element["text"], names)}}
    elif kind == "TextBlock":
        yield {"type": "section", "text": {"type": "mrkdwn", "text": _said(element["text"], names)}}
    elif kind == "FactSet":
        facts = [f"*{one['title']}*\n{_said(one['value'], names)}" for one in element["facts"]]
        yield {"type": "section", "fields": [{"type": "mrkdwn", "text": one} for one in facts]}
    elif kind == "ColumnSet":
        words, pressed = element["columns"][0]["items"][0], element["columns"][1]["items"][0]["actions"][0]
        said = {"type": "mrkdwn", "text": _said(words["text"], names)}
        yield {"type": "section", "text": said, "accessory": _button(pressed)}
    elif kind == "Image":
        yield {"type": "image", "alt_text": element["altText"], "image_url": element["url"]}


def _actions(found: list[Json]) -> list[Json]:
    buttons = [_button(one) for one in found if one.get("mode") != "secondary"]
    options = [{"text": {"text": one["title"]}, "value": one["title"]} for one in found if one.get("mode")]
    menu = [{"type": "overflow", "action_id": "menu", "options": options}] if options else []
    return [{"type": "actions", "elements": buttons + menu}] if buttons + menu else []


def _button(action: Json) -> Json:
    inner = action["card"]["actions"][0] if action["type"] == "Action.ShowCard" else action
    data = inner.get("data") or {}
    name = inner.get("verb") or data.get("action") or ""
    made = {"type": "button", "text": {"type": "plain_text", "text": action["title"]}, "action_id": name}
    return made | {"value": data.get("value", ""), "pressed": inner}


def _field(one: Json) -> Json:
    label = {"type": "plain_text", "text": one["label"]}
    made: Json = {"type": "input", "block_id": one["id"], "label": label, "optional": not one.get("isRequired")}
    return made | {"element": {"action_id": "value"} | _element(one)}


def _element(one: Json) -> Json:
    value = one.get("value")
    if one["type"] == "Input.ChoiceSet":
        options = [{"text": {"text": each["title"]}, "value": each["value"]} for each in one["choices"]]
        chosen = [each for each in options if each["value"] == value]
        return {"type": "static_select", "options": options} | ({"initial_option": chosen[0]} if chosen else {})
    if one["type"] == "Input.Date":
        return {"type": "datepicker"} | ({"initial_date": value} if value else {})
    return {"type": "plain_text_input", "max_length": one.get("maxLength")} | (
        {"initial_value": value} if value else {}
    )


def _said(words: str, names: dict[str, str]) -> str:
    """The words as a person reads them; mentions as the journeys write them."""
    for text, person in names.items():
        words = words.replace(text, person)
    words = _LINK.sub(r"<\2|\1>", _DATE.sub(_local, words)).replace("**", "*").replace("\u200a", "")
    return _BREAKER.sub("", words).replace("@IT Liaison", "/itcheck")


def _local(found: re.Match[str]) -> str:
    at = datetime.fromisoformat(found[2].replace("Z", "+00:00")).astimezone(ZoneInfo(ZONE))
    return f"{at:%a} {at.day} {at:%b}," if found[1] == "DATE" else f"{at:%H:%M}"
