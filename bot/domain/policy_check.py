"""What is wrong with a policy before it is in force: sums, bands, rules that never fire or contradict each other.

Every request the rules can tell apart is tried: all categories, data classes, integrations and requesters, and one
amount of each stretch between two limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from bot.domain.policy import Asked, DataClass, Integration, Lane, Policy, Requester, Rule

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, and where."""

    place: str
    words: str


def faults(policy: Policy) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the file; empty for a policy that can be put in force."""
    return (*_categories(policy), *_criteria(policy), *_bands(policy), *_lanes(policy), *_rules(policy))


def _categories(policy: Policy) -> Iterator[Fault]:
    for number, rule in enumerate(policy.rules, 1):
        for key in sorted(rule.when.categories - set(policy.categories)):
            yield Fault(f"rules[{number}].when.categories", f"“{key}” is no category of this policy.")
    for key, category in policy.categories.items():
        for part in ("proposes", "decides", "buys", "runs"):
            if not getattr(category.raci, part):
                yield Fault(f"categories.{key}.{part}", "Nobody is named.")


def _criteria(policy: Policy) -> Iterator[Fault]:
    total = sum(criterion.weight for criterion in policy.criteria)
    if total != WHOLE:
        yield Fault("criteria", f"The weights add up to {total}; they must be {WHOLE} together.")
    yield from _repeated("criteria", [criterion.key for criterion in policy.criteria])
    yield from _repeated("rules", [rule.key for rule in policy.rules])


def _repeated(place: str, keys: list[str]) -> Iterator[Fault]:
    for number, key in enumerate(keys, 1):
        if key in keys[: number - 1]:
            yield Fault(f"{place}[{number}]", f"“{key}” is there twice.")


def _bands(policy: Policy) -> Iterator[Fault]:
    limits = [band.below for band in policy.bands]
    if not limits or limits[-1] is not None:
        yield Fault("bands", "The last band must have no limit: leave out its `below`.")
    for number, (one, other) in enumerate(zip(limits, limits[1:], strict=False), 1):
        if one is None or (other is not None and other <= one):
            yield Fault(f"bands[{number}]", "Limits must rise from band to band.")


def _lanes(policy: Policy) -> Iterator[Fault]:
    days = [policy.lane_days.get(lane, 0) for lane in Lane]
    if not 0 < days[0] <= days[1] <= days[2]:
        yield Fault("lane_days", "fast, standard and full must have days above zero that rise.")


def _rules(policy: Policy) -> Iterator[Fault]:
    """Rules that never decide, with the rule that is to blame, and requests that no rule is for."""
    fires: set[str] = set()
    above: dict[str, set[str]] = {}  # of a rule: the earlier rules that fit every request it fits
    lost: Asked | None = None
    for asked in _requests(policy):
        fitting = [rule.key for rule in policy.rules if rule.when.fits(asked)]
        if not fitting:
            lost = lost or asked
            continue
        fires.add(fitting[0])
        for at, key in enumerate(fitting):
            above[key] = above.get(key, set(fitting[:at])) & set(fitting[:at])
    for number, rule in enumerate(policy.rules, 1):
        if rule.key not in fires:
            yield Fault(f"rules[{number}]", _never(policy, rule, above.get(rule.key)))
    if lost is not None:
        yield Fault("rules", f"No rule is for {_words(lost)}. Let the last rule fit everything.")


def _never(policy: Policy, rule: Rule, above: set[str] | None) -> str:
    """Why a rule never decides; `above` is None where nothing fits it."""
    if above is None:
        return f"{rule.key} can never fire: nothing fits its conditions."
    first = next((one for one in policy.rules if one.key in above), None)
    if first is None:
        return f"{rule.key} can never fire: for all it fits, one or other rule comes first."
    if first.outcome != rule.outcome:
        return f"{rule.key} contradicts {first.key}: it fits the same requests with another outcome and comes later."
    return f"{rule.key} can never fire: {first.key} comes first for all it fits."


def _words(asked: Asked) -> str:
    return (
        f"{asked.category}, {asked.amount:f}, {asked.data.value} data, {asked.integration.value} integration, "
        f"asked by {asked.requester.value}"
    )


def _requests(policy: Policy) -> Iterator[Asked]:
    limits = {limit for rule in policy.rules for limit in (rule.when.amount_from, rule.when.amount_below) if limit}
    amounts = sorted({Decimal(0), *limits})
    for category, amount, data, integration, requester in product(
        policy.categories, amounts, DataClass, Integration, Requester
    ):
        yield Asked(category, amount, data, integration, requester)
