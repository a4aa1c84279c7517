"""The limits of Block Kit's elements and small objects: https://docs.slack.dev/reference/block-kit/block-elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Json = dict[str, Any]

OTHER_SELECTS = frozenset({"users_select", "conversations_select", "channels_select", "external_select"})
OTHER_MULTI = frozenset(f"multi_{name}" for name in OTHER_SELECTS)
SELECTS = frozenset({"static_select", "multi_static_select"}) | OTHER_SELECTS | OTHER_MULTI
CHOICES = frozenset({"radio_buttons", "checkboxes"})
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker"})
TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})
INTERACTIVE = SELECTS | CHOICES | PICKERS | {"button", "overflow", "workflow_button"}
INPUTS = SELECTS | CHOICES | PICKERS | TYPED | {"file_input", "rich_text_input"}


@dataclass(frozen=True)
class Faulty:
    """What was found, in Slack's way of speaking."""

    said: list[str] = field(default_factory=list)


def need(fine: bool, words: str, place: str, faulty: Faulty) -> bool:
    """Note a fault unless it is fine; whether it is."""
    if not fine:
        faulty.said.append(f"[ERROR] {words} [json-pointer:{place}]")
    return fine


def short(value: object, limit: int, place: str, faulty: Faulty) -> None:
    """A string of at most `limit` characters, or nothing at all."""
    if value is None or not need(isinstance(value, str), "must be a string", place, faulty):
        return
    need(len(str(value)) <= limit, f"must be less than {limit + 1} characters", place, faulty)


def items(value: object, least: int, most: int, place: str, faulty: Faulty) -> Iterator[tuple[str, object]]:
    """The items of a list with their places; notes a list that is too short or too long."""
    if not need(isinstance(value, list), "must be a list", place, faulty):
        return
    assert isinstance(value, list)
    need(len(value) >= least, f"no fewer than {least} items allowed", place, faulty)
    need(len(value) <= most, f"no more than {most} items allowed", place, faulty)
    for number, item in enumerate(value):
        yield f"{place}/{number}", item


def text_object(value: object, limit: int, place: str, faulty: Faulty, plain: bool = False) -> None:
    """A text object, not empty, of at most `limit` characters."""
    if not need(isinstance(value, dict), "missing or not a text object", place, faulty):
        return
    assert isinstance(value, dict)
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    need(value.get("type") in kinds, f"must be {' or '.join(kinds)}", f"{place}/type", faulty)
    need(bool(value.get("text")), "must be more than 0 characters", f"{place}/text", faulty)
    short(value.get("text"), limit, f"{place}/text", faulty)


def check_element(element: object, allowed: frozenset[str], place: str, faulty: Faulty) -> None:
    """An element of an allowed type, within its limits."""
    kind = element.get("type") if isinstance(element, dict) else None
    if not need(kind in allowed, f"unsupported element {kind!r}", place, faulty):
        return
    assert isinstance(element, dict)
    short(element.get("action_id"), 255, f"{place}/action_id", faulty)
    if element.get("placeholder") is not None:
        text_object(element["placeholder"], 150, f"{place}/placeholder", faulty, plain=True)
    if element.get("confirm") is not None:
        _confirm(element["confirm"], f"{place}/confirm", faulty)
    check = CHECKS.get(str(kind))
    if check is not None:
        check(element, place, faulty)


def _confirm(confirm: Json, place: str, faulty: Faulty) -> None:
    text_object(confirm.get("title"), 100, f"{place}/title", faulty, plain=True)
    text_object(confirm.get("text"), 300, f"{place}/text", faulty)
    text_object(confirm.get("confirm"), 30, f"{place}/confirm", faulty, plain=True)
    text_object(confirm.get("deny"), 30, f"{place}/deny", faulty, plain=True)


def _button(element: Json, place: str, faulty: Faulty) -> None:
    text_object(element.get("text"), 75, f"{place}/text", faulty, plain=True)
    short(element.get("value"), 2000, f"{place}/value", faulty)
    short(element.get("url"), 3000, f"{place}/url", faulty)
    short(element.get("accessibility_label"), 75, f"{place}/accessibility_label", faulty)
    style = element.get("style", "primary")
    need(style in ("primary", "danger"), "must be primary or danger", f"{place}/style", faulty)


def _image(element: Json, place: str, faulty: Faulty) -> None:
    need(bool(element.get("alt_text")), "missing required field: alt_text", place, faulty)
    need(bool(element.get("image_url") or element.get("slack_file")), "needs image_url", place, faulty)
    short(element.get("image_url"), 3000, f"{place}/image_url", faulty)


def _select(element: Json, place: str, faulty: Faulty) -> None:
    if "option_groups" in element:
        options: list[Json] = []
        for spot, group in items(element["option_groups"], 1, 100, f"{place}/option_groups", faulty):
            if need(isinstance(group, dict), "must be an object", spot, faulty) and isinstance(group, dict):
                text_object(group.get("label"), 75, f"{spot}/label", faulty, plain=True)
                options += _options(group, 100, spot, faulty, plain=True)
    else:
        options = _options(element, 100, place, faulty, plain=True)
    _initial(element, options, place, faulty)


def _choice(element: Json, place: str, faulty: Faulty) -> None:
    _initial(element, _options(element, 10, place, faulty, plain=False), place, faulty)


def _overflow(element: Json, place: str, faulty: Faulty) -> None:
    _options(element, 5, place, faulty, plain=True)


def _options(holder: Json, most: int, place: str, faulty: Faulty, plain: bool) -> list[Json]:
    found: list[Json] = []
    for spot, option in items(holder.get("options"), 1, most, f"{place}/options", faulty):
        if not need(isinstance(option, dict), "must be an object", spot, faulty):
            continue
        assert isinstance(option, dict)
        found.append(option)
        text_object(option.get("text"), 75, f"{spot}/text", faulty, plain=plain)
        need(isinstance(option.get("value"), str), "missing required field: value", spot, faulty)
        short(option.get("value"), 150, f"{spot}/value", faulty)
        if option.get("description") is not None:
            text_object(option["description"], 75, f"{spot}/description", faulty, plain=plain)
    return found


def _initial(element: Json, options: list[Json], place: str, faulty: Faulty) -> None:
    """Slack compares the whole option, not its value alone."""
    chosen = [element[key] for key in ("initial_option",) if element.get(key) is not None]
    if "initial_options" in element:
        chosen += [one for _, one in items(element["initial_options"], 1, 100, f"{place}/initial_options", faulty)]
    for one in chosen:
        need(one in options, "the initial option is not among the options", place, faulty)


def _plain_input(element: Json, place: str, faulty: Faulty) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    need(isinstance(most, int) and 1 <= most <= 3000, "must be 1 to 3000", f"{place}/max_length", faulty)
    need(isinstance(least, int) and 0 <= least <= 3000, "must be 0 to 3000", f"{place}/min_length", faulty)
    if isinstance(most, int):
        short(element.get("initial_value"), most, f"{place}/initial_value", faulty)


def _number_input(element: Json, place: str, faulty: Faulty) -> None:
    need("is_decimal_allowed" in element, "missing required field: is_decimal_allowed", place, faulty)


def _datepicker(element: Json, place: str, faulty: Faulty) -> None:
    given = element.get("initial_date")
    if given is not None:
        need(_is_date(given), "must be a date, YYYY-MM-DD", f"{place}/initial_date", faulty)


def _timepicker(element: Json, place: str, faulty: Faulty) -> None:
    given = element.get("initial_time")
    if given is not None:
        fine = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(given)) is not None
        need(fine, "must be a time, HH:mm", f"{place}/initial_time", faulty)


def _is_date(value: object) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        return False
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


CHECKS: dict[str, Callable[[Json, str, Faulty], None]] = {
    "button": _button,
    "image": _image,
    "static_select": _select,
    "multi_static_select": _select,
    "radio_buttons": _choice,
    "checkboxes": _choice,
    "overflow": _overflow,
    "plain_text_input": _plain_input,
    "number_input": _number_input,
    "datepicker": _datepicker,
    "timepicker": _timepicker,
}
