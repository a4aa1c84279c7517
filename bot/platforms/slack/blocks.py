"""Cards as Block Kit: a message's fallback text and blocks, and the Home view, always within Slack's limits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from bot.attachments import Picture
from bot.messages import Button, Card, Fact, Section, Strong, Style, Text
from bot.platforms.slack.interactions import MENU, OPEN_PAGE, REPEATED
from bot.platforms.slack.spans import ELLIPSIS, Look, mrkdwn, pages, plain, size

Json = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TEXT = 3_000
TEXT_PAGES = 3
FIELDS = 10
FIELD = 2_000
NARROW = 200  # what reads well in half a message's width
HEADER = 150
BUTTONS = 25
BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
BUTTON_URL = 3_000
OPTIONS = 5
OPTION_VALUE = 150
ACTION_ID = 255
BLOCK_ID = 255
ALT_TEXT = 2_000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
MORE: Text = ("… and more that does not fit here.",)


def message(card: Card, key: str, look: Look) -> tuple[str, list[Json]]:
    """A card as the fallback text (for notifications) and the blocks of a message that carries `key`."""
    blocks = stack(card, look, MESSAGE_BLOCKS)
    blocks[0]["block_id"] = block_id(key)
    return fallback(card, look), blocks


def home(card: Card, look: Look) -> Json:
    """A card as somebody's App Home."""
    return {"type": "home", "blocks": stack(card, look, VIEW_BLOCKS)}


def block_id(key: str) -> str:
    """Where a message carries its key: in the id of its first block, which every server keeps."""
    marked = f"key:{key}"
    return marked if size(marked) <= BLOCK_ID else f"key:{hashlib.sha256(key.encode()).hexdigest()}"


def fallback(card: Card, look: Look) -> str:
    """What a notification says of a card, at most 3,000 characters."""
    said: Text = (card.alt,) if card.alt else (card.title, "\n" if card.title and card.text else "", *card.text)
    return mrkdwn(said, look, TEXT).strip() or _first_section(card, look) or ELLIPSIS


def _first_section(card: Card, look: Look) -> str:
    """What a card that is all lists is about."""
    for section in card.sections:
        lines = [line.text for line in section.lines[:3]]
        said = "\n".join(mrkdwn(text, look, TEXT // 4) for text in ((section.title,), *lines))
        if said.strip():
            return said.strip()
    return ""


def stack(card: Card, look: Look, most: int) -> list[Json]:
    """The blocks of a card, one at least and `most` at most: what is too much gives way to a line that says so."""
    body = [*_head(card, look), *(block for section in card.sections for block in _section(section, look))]
    foot = [*_actions(card.buttons, card.more), *_note(card.note, look)]
    if len(body) + len(foot) > most:
        body = [*body[: most - len(foot) - 1], prose(mrkdwn(MORE, look, TEXT))]
    blocks = body + foot or [prose(fallback(card, look))]
    _tell_apart(blocks)
    return blocks


def prose(text: str) -> Json:
    """A section of mrkdwn; verbatim, so that Slack makes no links or mentions of its own from it."""
    return {"type": "section", "text": _mrkdwn(text)}


def plain_text(words: str, limit: int) -> Json:
    """A plain text object; never empty."""
    return {"type": "plain_text", "text": plain(words, limit), "emoji": True}


def _head(card: Card, look: Look) -> Iterable[Json]:
    if card.title.strip():
        yield {"type": "header", "text": plain_text(card.title, HEADER)}
    for page in pages(card.text, look, TEXT, TEXT_PAGES):
        yield prose(page)
    yield from _facts([_fact(fact, look) for fact in card.facts])
    if card.picture is not None:
        yield _picture(card.picture, look)


def _picture(picture: Picture, look: Look) -> Json:
    """A picture by its address or its file on Slack; without either, what it shows in words."""
    if not picture.handle:
        return {"type": "context", "elements": [_mrkdwn(mrkdwn((picture.alt or ELLIPSIS,), look, FIELD))]}
    where: Json = {"slack_file": {"id": picture.handle}}
    if picture.handle.startswith("http"):
        where = {"image_url": picture.handle}
    return {"type": "image", "alt_text": plain(picture.alt, ALT_TEXT)} | where


def _facts(facts: Sequence[str]) -> Iterable[Json]:
    """Short ones side by side, then each long one over the full width."""
    short = [_mrkdwn(fact) for fact in facts if size(fact) <= NARROW]
    for start in range(0, len(short), FIELDS):
        yield {"type": "section", "fields": short[start : start + FIELDS]}
    yield from (prose(fact) for fact in facts if size(fact) > NARROW)


def _fact(fact: Fact, look: Look) -> str:
    value = fact.value if mrkdwn(fact.value, look, FIELD).strip() else ("–",)
    return mrkdwn((Strong(fact.label), "\n", *value), look, TEXT)


def _section(section: Section, look: Look) -> Iterable[Json]:
    """Lines without a button share a block under the heading; a line with one has a block of its own."""
    gathered = [_heading(section.title, look)] if section.title.strip() else []
    for line in section.lines:
        said = mrkdwn(line.text, look, TEXT).strip()
        if line.button is not None:
            yield from _paragraph(gathered)
            gathered = []
            yield prose(said or ELLIPSIS) | {"accessory": _button(line.button)}
        elif said:
            if gathered and size("\n".join((*gathered, said))) > TEXT:
                yield from _paragraph(gathered)
                gathered = []
            gathered.append(said)
    yield from _paragraph(gathered)


def _heading(title: str, look: Look) -> str:
    return mrkdwn((Strong(title),), look, TEXT)


def _paragraph(lines: Sequence[str]) -> Iterable[Json]:
    if lines:
        yield prose("\n".join(lines))


def _actions(buttons: Sequence[Button], more: Sequence[Button]) -> Iterable[Json]:
    menus = [_menu(more[start : start + OPTIONS]) for start in range(0, len(more), OPTIONS)]
    elements = [*(_button(button) for button in buttons), *menus][:BUTTONS]
    if elements:
        yield {"type": "actions", "elements": elements}


def _menu(buttons: Sequence[Button]) -> Json:
    options = [
        {"text": plain_text(one.label, BUTTON_LABEL), "value": f"{one.action} {one.value}"[:OPTION_VALUE]}
        for one in buttons
    ]
    return {"type": "overflow", "action_id": MENU, "options": options}


def _button(button: Button) -> Json:
    made: Json = {"type": "button", "text": plain_text(button.label, BUTTON_LABEL)}
    made["action_id"] = (button.action or OPEN_PAGE)[: ACTION_ID - 5]
    if button.value:
        made["value"] = button.value[:BUTTON_VALUE]
    if button.style is not Style.PLAIN:
        made["style"] = button.style.value
    if button.url and len(button.url) <= BUTTON_URL:
        made["url"] = button.url
    if button.confirm:
        made["confirm"] = _confirm(button)
    return made


def _confirm(button: Button) -> Json:
    return {
        "title": plain_text("Are you sure?", CONFIRM_TITLE),
        "text": plain_text(button.confirm, CONFIRM_TEXT),
        "confirm": plain_text(button.label, 30),
        "deny": plain_text("Cancel", 30),
    }


def _note(note: Text, look: Look) -> Iterable[Json]:
    said = mrkdwn(note, look, FIELD).strip()
    if said:
        yield {"type": "context", "elements": [_mrkdwn(said)]}


def _tell_apart(blocks: Iterable[Json]) -> None:
    """An action_id may stand only once in a message: the second one becomes `name#2`."""
    seen: dict[str, int] = {}
    for block in blocks:
        elements = block["elements"] if block["type"] == "actions" else [block.get("accessory")]
        for element in filter(None, elements):
            name = element["action_id"]
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                element["action_id"] = f"{name}{REPEATED}{seen[name]}"


def _mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}
