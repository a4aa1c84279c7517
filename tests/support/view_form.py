"""What a person types into a modal: values by label or block id, turned into the state that Slack submits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]
Value = str | Sequence[str] | None

REQUIRED = "Please complete this required field."


def fill(view: Json, values: Mapping[str, Value], untouched: bool = True) -> tuple[Json, dict[str, str]]:
    """The submitted state {block_id: {action_id: …}} and what Slack's client would refuse {block_id: words}.

    values are keyed by the field's label or block id: a text, an option's value or label, a list of them, or
    an ISO date. untouched: fields that nobody touched submit their initial value, as in Slack; without it
    they submit nothing and nothing is refused, as on local-slack's page. LookupError for an unknown one.
    """
    blocks = [block for block in view["blocks"] if block["type"] == "input"]
    wanted = {_find(blocks, name)["block_id"]: value for name, value in values.items()}
    state: Json = {}
    refused: dict[str, str] = {}
    for block in blocks:
        entry = _entry(block, wanted, untouched)
        if entry is not None:
            state[_block_id(block)] = {block["element"]["action_id"]: entry}
        if untouched and (words := _refusal(block, entry)):
            refused[block["block_id"]] = words
    return state, refused


def _find(blocks: Sequence[Json], name: str) -> Json:
    for block in blocks:
        if name in (_block_id(block), block["label"]["text"]):
            return block
    fields = [f"{block['label']['text']} ({block.get('block_id')})" for block in blocks]
    raise LookupError(f"no field {name!r} in the open modal; it has {fields}")


def _block_id(block: Json) -> str:
    if not block.get("block_id"):
        raise LookupError(f"the field {block['label']['text']!r} has no block_id; local-slack needs one")
    return str(block["block_id"])


def _entry(block: Json, wanted: Mapping[str, Value], untouched: bool) -> Json | None:
    element = block["element"]
    if block["block_id"] in wanted:
        return _typed(element, wanted[block["block_id"]])
    return _initial(element) if untouched else None


def _typed(element: Json, value: Value) -> Json:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": None if value is None else _option(element, str(value))}
    if kind in ("checkboxes", "multi_static_select"):
        chosen = [value] if isinstance(value, str) else list(value or ())
        return {"type": kind, "selected_options": [_option(element, name) for name in chosen]}
    if kind == "datepicker":
        return {"type": kind, "selected_date": value or None}
    return {"type": kind, "value": value or None}


def _option(element: Json, name: str) -> Json:
    for option in _options(element):
        if name in (option["value"], option["text"]["text"]):
            return option
    raise LookupError(f"no option {name!r}; there are {[option['value'] for option in _options(element)]}")


def _options(element: Json) -> list[Json]:
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return list(element.get("options") or ()) + grouped


def _initial(element: Json) -> Json:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in ("checkboxes", "multi_static_select"):
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind == "datepicker":
        return {"type": kind, "selected_date": element.get("initial_date")}
    return {"type": kind, "value": element.get("initial_value") or None}


def _refusal(block: Json, entry: Json | None) -> str | None:
    content = [value for key, value in (entry or {}).items() if key != "type"]
    if not any(content):
        return None if block.get("optional") else REQUIRED
    limit = block["element"].get("max_length")
    if limit and isinstance(content[0], str) and len(content[0]) > limit:
        return f"Please use at most {limit} characters."
    return None
