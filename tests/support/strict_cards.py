"""What Teams refuses in an Adaptive Card, or shows wrong, by Microsoft's documentation of cards in Teams.

Sources: adaptivecards.io, schema explorer 1.5; learn.microsoft.com, "Types of cards", "Universal Actions",
"Mention support within Adaptive Cards" and "Dialogs". The independent validator is npm adaptivecards (tests/browser).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

ELEMENTS = frozenset(
    "TextBlock FactSet ColumnSet Column ActionSet Image Input.Text Input.Date Input.ChoiceSet AdaptiveCard".split()
)
ACTIONS = frozenset("Action.Execute Action.Submit Action.OpenUrl Action.ShowCard".split())
AT = re.compile(r"<at>(.*?)</at>")


def faults_of(card: Json | None) -> list[str]:
    """What is wrong with a card; nothing for a message without one."""
    if card is None:
        return []
    parts = list(_parts(card))
    found = [f"unknown {one['type']}" for one in parts if one["type"] not in ELEMENTS | ACTIONS]
    found += [f"empty text in {one['type']}" for one in parts if one["type"] == "TextBlock" and not one.get("text")]
    found += [f"an action without a title: {one}" for one in parts if one["type"] in ACTIONS and not one.get("title")]
    found += [f"no verb: {one}" for one in parts if one["type"] == "Action.Execute" and not one.get("verb")]
    ids = [one["id"] for one in parts if one.get("id")]
    found += [f"the id {one} stands twice" for one in {one for one in ids if ids.count(one) > 1}]
    if card.get("version") != "1.5" or card.get("type") != "AdaptiveCard":
        found.append("it is no Adaptive Card 1.5")
    return found + _mentions(card, parts) + _choices(parts)


def _parts(value: Any) -> Iterator[Json]:
    """Every element and action, however deep; what buttons carry is none."""
    if isinstance(value, list):
        for one in value:
            yield from _parts(one)
    elif isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for name, one in value.items():
            if name not in ("data", "msteams", "choices", "facts"):
                yield from _parts(one)


def _mentions(card: Json, parts: list[Json]) -> list[str]:
    declared = [one["text"] for one in (card.get("msteams") or {}).get("entities") or ()]
    texts = [str(one.get("text") or "") for one in parts]
    texts += [str(fact["value"]) for one in parts for fact in one.get("facts") or ()]
    used = {f"<at>{name}</at>" for text in texts for name in AT.findall(text)}
    found = [f"nobody is declared for {one}" for one in used - set(declared)]
    return found + [f"declared twice: {one}" for one in {one for one in declared if declared.count(one) > 1}]


def _choices(parts: list[Json]) -> list[str]:
    found = []
    for one in parts:
        values = [choice["value"] for choice in one.get("choices") or ()]
        if one["type"] == "Input.ChoiceSet" and (not values or len(set(values)) < len(values)):
            found.append(f"the choices of {one['id']} are empty or not told apart")
        if one["type"].startswith("Input.") and not (one.get("id") and one.get("label")):
            found.append(f"a field without id or label: {one}")
    return found
