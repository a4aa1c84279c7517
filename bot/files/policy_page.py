"""A policy as a page people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from bot.domain.people import ROLE_WORDS, Role
from bot.domain.policy import Condition, Policy, Rule


def markdown(policy: Policy) -> str:
    """The whole policy as Markdown; the same policy gives the same page."""
    return "\n".join(
        [
            f"# {policy.name}",
            "",
            *([policy.scope, ""] if policy.scope else []),
            f"Amounts in {policy.currency} a year. Looked at again every {policy.review_months} months.",
            *_categories(policy),
            *_rules(policy),
            *_money(policy),
            *_judging(policy),
        ]
    )


def _categories(policy: Policy) -> Iterator[str]:
    yield from ("", "## Who does what", "")
    yield "| category | proposes | gives input | decides | buys | runs | purchase |"
    yield "|---|---|---|---|---|---|---|"
    for category in policy.categories.values():
        raci = category.raci
        parts = (raci.proposes, raci.input, raci.decides, raci.buys, raci.runs)
        cells = [_cell(category.name), *(_names(part) for part in parts), category.purchase.value]
        yield f"| {' | '.join(cells)} |"


def _rules(policy: Policy) -> Iterator[str]:
    yield from ("", "## Rules", "", "The first that fits decides.", "")
    yield "| rule | when | lane | purchase | also approved by | because |"
    yield "|---|---|---|---|---|---|"
    for rule in policy.rules:
        bought = rule.purchase.value if rule.purchase else "as in the category"
        cells = (
            rule.key,
            when(rule, policy.currency),
            rule.lane.value,
            bought,
            _names(rule.approvers),
            _cell(rule.because),
        )
        yield f"| {' | '.join(cells)} |"


def _money(policy: Policy) -> Iterator[str]:
    yield from ("", "## Approvals by amount", "")
    for band in policy.bands:
        limit = f"below {band.below:,f}" if band.below is not None else "above that"
        yield f"- {limit}: {_names(band.approvers)}"
    capex = policy.capex
    yield ""
    yield (
        f"From a capital expense of {capex.threshold:,f} on also {_names(capex.approvers)}; "
        f"{_names(capex.told)} told at once."
    )


def _judging(policy: Policy) -> Iterator[str]:
    yield from ("", "## What a tool is judged by", "")
    yield from (f"- {_cell(criterion.name)}: {criterion.weight} of 100" for criterion in policy.criteria)
    yield from ("", "## The way", "")
    yield " · ".join(f"{lane.value} lane {days} working days" for lane, days in policy.lane_days.items())
    yield ""
    yield from (
        f"{number}. {_cell(step.name)} ({_names([step.owner])}, {step.days} working days)"
        for number, step in enumerate(policy.steps, 1)
    )


def when(rule: Rule, currency: str) -> str:
    """The condition of a rule in words."""
    return "; ".join(_parts(rule.when, currency)) or "everything else"


def _parts(condition: Condition, currency: str) -> Iterator[str]:
    if condition.categories:
        yield _names(sorted(condition.categories))
    if condition.amount_from is not None:
        yield f"from {condition.amount_from:,f} {currency}"
    if condition.amount_below is not None:
        yield f"below {condition.amount_below:,f} {currency}"
    for name in ("data", "integration", "requester"):
        values: frozenset[StrEnum] = getattr(condition, name)
        if values:
            yield f"{name}: {_names(sorted(values))}"


def _names(values: Iterable[str]) -> str:
    return ", ".join(ROLE_WORDS[one] if isinstance(one, Role) else one.replace("_", " ") for one in values) or "-"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
