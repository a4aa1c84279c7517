"""Block Kit's limits, as Slack refuses what breaks them: https://docs.slack.dev/reference/block-kit/blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.strict_elements import (
    INPUTS,
    INTERACTIVE,
    Faulty,
    check_element,
    items,
    need,
    short,
    text_object,
)

Json = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TITLE = 24


def message_faults(blocks: object) -> list[str]:
    """What Slack would say of a message's blocks, each with its place; [] if it would take them."""
    faulty = Faulty()
    _blocks(blocks, MESSAGE_BLOCKS, faulty)
    return faulty.said


def view_faults(view: object) -> list[str]:
    """What Slack would say of a modal or Home view; [] if it would take it."""
    faulty = Faulty()
    if not isinstance(view, dict):
        return ["view must be an object [json-pointer:/view]"]
    if need(view.get("type") in ("modal", "home"), "must be modal or home", "/view/type", faulty):
        _frame(view, faulty)
    for key, limit in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        short(view.get(key), limit, f"/view/{key}", faulty)
    _blocks(view.get("blocks"), VIEW_BLOCKS, faulty, "/view/blocks")
    return faulty.said


def input_ids(view: Json) -> set[str]:
    """The block ids of a view's input blocks: the only ones that a submission may name in its errors."""
    return {str(block.get("block_id")) for block in view.get("blocks", []) if block.get("type") == "input"}


def _frame(view: Json, faulty: Faulty) -> None:
    if view["type"] == "home":
        for key in ("title", "submit", "close"):
            need(key not in view, "a Home has none", f"/view/{key}", faulty)
        return
    text_object(view.get("title"), TITLE, "/view/title", faulty, plain=True)
    for key in ("submit", "close"):
        if view.get(key) is not None:
            text_object(view[key], TITLE, f"/view/{key}", faulty, plain=True)
    if input_ids(view):
        need(bool(view.get("submit")), "missing required field: submit, there are inputs", "/view", faulty)


def _blocks(blocks: object, most: int, faulty: Faulty, place: str = "/blocks") -> None:
    if not need(isinstance(blocks, list), "must be a list", place, faulty):
        return
    assert isinstance(blocks, list)
    need(len(blocks) <= most, f"no more than {most} items allowed", place, faulty)
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        _block(block, f"{place}/{number}", faulty)
        name = block.get("block_id") if isinstance(block, dict) else None
        if name:
            need(name not in seen, f"block_id {name!r} already exists", f"{place}/{number}/block_id", faulty)
            seen.add(name)


def _block(block: object, place: str, faulty: Faulty) -> None:
    check = CHECKS.get(str(block.get("type"))) if isinstance(block, dict) else None
    if not need(check is not None, "unsupported type", f"{place}/type", faulty):
        return
    assert isinstance(block, dict) and check is not None
    short(block.get("block_id"), 255, f"{place}/block_id", faulty)
    check(block, place, faulty)


def _section(block: Json, place: str, faulty: Faulty) -> None:
    need("text" in block or "fields" in block, "needs text or fields", place, faulty)
    if "text" in block:
        text_object(block["text"], 3000, f"{place}/text", faulty)
    if "fields" in block:
        for spot, field in items(block["fields"], 1, 10, f"{place}/fields", faulty):
            text_object(field, 2000, spot, faulty)
    if "accessory" in block:
        check_element(block["accessory"], INTERACTIVE | {"image"}, f"{place}/accessory", faulty)


def _header(block: Json, place: str, faulty: Faulty) -> None:
    text_object(block.get("text"), 150, f"{place}/text", faulty, plain=True)


def _context(block: Json, place: str, faulty: Faulty) -> None:
    for spot, element in items(block.get("elements"), 1, 10, f"{place}/elements", faulty):
        if isinstance(element, dict) and element.get("type") == "image":
            _image(element, spot, faulty)
        else:
            text_object(element, 3000, spot, faulty)


def _actions(block: Json, place: str, faulty: Faulty) -> None:
    seen: set[str] = set()
    for spot, element in items(block.get("elements"), 1, 25, f"{place}/elements", faulty):
        check_element(element, INTERACTIVE, spot, faulty)
        name = element.get("action_id") if isinstance(element, dict) else None
        if name:
            need(name not in seen, f"action_id {name!r} already exists in this block", spot, faulty)
            seen.add(name)


def _input(block: Json, place: str, faulty: Faulty) -> None:
    text_object(block.get("label"), 2000, f"{place}/label", faulty, plain=True)
    if block.get("hint") is not None:
        text_object(block["hint"], 2000, f"{place}/hint", faulty, plain=True)
    check_element(block.get("element"), INPUTS, f"{place}/element", faulty)


def _image(block: Json, place: str, faulty: Faulty) -> None:
    need(bool(block.get("alt_text")), "missing required field: alt_text", place, faulty)
    need(
        bool(block.get("image_url") or block.get("slack_file")),
        "needs image_url or slack_file",
        place,
        faulty,
    )
    short(block.get("alt_text"), 2000, f"{place}/alt_text", faulty)
    short(block.get("image_url"), 3000, f"{place}/image_url", faulty)
    if block.get("title") is not None:
        text_object(block["title"], 2000, f"{place}/title", faulty, plain=True)


def _rich_text(block: Json, place: str, faulty: Faulty) -> None:
    need(isinstance(block.get("elements"), list), "must be a list", f"{place}/elements", faulty)


def _markdown(block: Json, place: str, faulty: Faulty) -> None:
    need(bool(block.get("text")), "must not be empty", f"{place}/text", faulty)
    short(block.get("text"), 12000, f"{place}/text", faulty)


def _divider(block: Json, place: str, faulty: Faulty) -> None:
    need(set(block) <= {"type", "block_id"}, "no additional properties allowed", place, faulty)


CHECKS: dict[str, Callable[[Json, str, Faulty], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "divider": _divider,
}
