"""What is different between two policies, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.policy import Policy


def differences(old: Policy, new: Policy) -> tuple[str, ...]:
    """One line for each thing that was added, taken out or changed; nothing if they say the same."""
    plain = {"name": "the name", "currency": "the currency", "scope": "the scope", "review_months": "the review months"}
    named = {f"rule {one.key}": one for one in old.rules}, {f"rule {one.key}": one for one in new.rules}
    lines = [
        *(f"{words} changed" for name, words in plain.items() if getattr(old, name) != getattr(new, name)),
        *_changes(_categories(old), _categories(new)),
        *_changes(*named),
        *_changes(_criteria(old), _criteria(new)),
        *_changes(_figures(old), _figures(new)),
    ]
    if [one.key for one in old.rules] != [one.key for one in new.rules] and set(named[0]) == set(named[1]):
        lines.append("the order of the rules changed, and the first that fits decides")
    parts = {"bands": "who approves which amount", "lane_days": "the days of the lanes", "capex": "capital expense"}
    lines += [f"{words} changed" for name, words in parts.items() if getattr(old, name) != getattr(new, name)]
    return (*lines, *(["the steps changed"] if old.steps != new.steps else []))


def _categories(policy: Policy) -> Mapping[str, object]:
    return {f"category {key}": one for key, one in policy.categories.items()}


def _criteria(policy: Policy) -> Mapping[str, object]:
    return {f"criterion {one.key}": one for one in policy.criteria}


def _figures(policy: Policy) -> Mapping[str, object]:
    return {f"cost figure {key}": one for key, one in policy.cost.items()}


def _changes(old: Mapping[str, object], new: Mapping[str, object]) -> Iterable[str]:
    yield from (f"{key} is new" for key in new if key not in old)
    yield from (f"{key} is gone" for key in old if key not in new)
    yield from (f"{key} changed" for key in new if key in old and old[key] != new[key])
