"""What a policy comes to for somebody who asks: how long a simple request takes, and what makes it longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.people import ROLE_WORDS, Role
from bot.domain.policy import Asked, DataClass, Integration, Lane, Policy, Requester, Ruling, ruling

HARDER = {
    "data of customers": {"data": DataClass.PERSONAL},
    "sensitive data": {"data": DataClass.SENSITIVE},
    "a connection somebody has to build": {"integration": Integration.CUSTOM},
    "a connection into a core system": {"integration": Integration.CORE},
}


@dataclass(frozen=True, slots=True)
class Way:
    """Which amounts or circumstances, the lane they lead to, its working days, and whose yes the amount needs."""

    what: str
    lane: Lane
    days: int
    approvers: tuple[Role, ...] = ()


def plain_ways(policy: Policy, requester: Requester) -> tuple[Way, ...]:
    """A request without customer data or connections, in the simplest category, from small amounts to large ones."""
    ways: list[tuple[Decimal, Way]] = []
    for amount in _amounts(policy):
        found = _simple(policy, requester, amount)
        band = next(one for one in policy.bands if one.below is None or amount < one.below)
        way = Way("", found.lane, found.days, band.approvers)
        if not ways or ways[-1][1] != way:
            ways.append((amount, way))
    ends = [amount for amount, _ in ways[1:]]
    return tuple(
        Way(_between(policy, amount, ends[place] if place < len(ends) else None), way.lane, way.days, way.approvers)
        for place, (amount, way) in enumerate(ways)
    )


def longer_ways(policy: Policy, requester: Requester) -> tuple[Way, ...]:
    """What leads to a longer lane even where it costs little, by lane."""
    plain = _simple(policy, requester, Decimal(0))
    found: dict[Lane, list[str]] = {}
    for words, given in HARDER.items():
        asked = Asked(_simplest(policy, requester), Decimal(0), requester=requester, **given)  # type: ignore[arg-type]
        found.setdefault(ruling(policy, asked).lane, []).append(words)
    for key, lane in _lanes(policy, requester, Decimal(0)).items():
        found.setdefault(lane, []).append(policy.categories[key].name)
    return tuple(
        Way(", ".join(found[lane]), lane, policy.lane_days[lane])
        for lane in Lane
        if lane in found and policy.lane_days[lane] > plain.days
    )


def not_proposed_by(policy: Policy, requester: Requester) -> tuple[str, ...]:
    """The names of the categories that somebody else has to propose."""
    return tuple(one.name for one in policy.categories.values() if requester not in one.raci.proposes)


def asked_for_yes(policy: Policy, roles: Iterable[Role]) -> tuple[str, ...]:
    """Where the yes of somebody with these roles is needed, in words, a line for each role."""
    lines = []
    for role in roles:
        decides = [one.name for one in policy.categories.values() if role in one.raci.decides]
        above = [_from(policy, place) for place, band in enumerate(policy.bands) if role in band.approvers][:1]
        where = [*decides, *above, *(["some rules"] if any(role in one.approvers for one in policy.rules) else [])]
        if where:
            lines.append(f"{ROLE_WORDS[role]}: {', '.join(where)}")
    return tuple(lines)


def _simple(policy: Policy, requester: Requester, amount: Decimal) -> Ruling:
    return ruling(policy, Asked(_simplest(policy, requester), amount, requester=requester))


def _simplest(policy: Policy, requester: Requester) -> str:
    """The first of the categories one may propose that take the shortest lane."""
    lanes = _lanes(policy, requester, Decimal(0))
    own = [key for key in lanes if requester in policy.categories[key].raci.proposes] or list(lanes)
    return min(own, key=lambda key: policy.lane_days[lanes[key]])


def _lanes(policy: Policy, requester: Requester, amount: Decimal) -> dict[str, Lane]:
    return {key: ruling(policy, Asked(key, amount, requester=requester)).lane for key in policy.categories}


def _amounts(policy: Policy) -> list[Decimal]:
    """Zero, and every amount from which a rule or another band counts."""
    limits = {Decimal(0), *(band.below for band in policy.bands)}
    limits |= {limit for rule in policy.rules for limit in (rule.when.amount_from, rule.when.amount_below)}
    return sorted(limit for limit in limits if limit is not None)


def _between(policy: Policy, amount: Decimal, end: Decimal | None) -> str:
    if end is None:
        return f"From {amount:,f} {policy.currency} on" if amount else "At any price"
    return f"{amount:,f} to {end:,f} {policy.currency}" if amount else f"Below {end:,f} {policy.currency}"


def _from(policy: Policy, place: int) -> str:
    below = policy.bands[place - 1].below if place else None
    return f"amounts from {below:,f} {policy.currency} on" if below else "every amount"
