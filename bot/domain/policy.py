"""The technology-selection policy: who may choose, buy and run what, and which way a request takes.

Rules stand in order and the first that fits a case decides; the band of its amount and the category add who must
approve. A policy is data: what a rule says is in its file, how rules are read is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.domain.cost_figures import Figure
from bot.domain.errors import Invalid
from bot.domain.people import ROLE_WORDS, Role

YEAR_MONTHS = 12


class DataClass(StrEnum):
    """What data a tool holds, from none to the worst."""

    NONE = "none"
    STAFF = "staff"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Integration(StrEnum):
    """How deep a tool reaches into the systems that are there."""

    NONE = "none"
    NATIVE = "native"
    MIDDLEWARE = "middleware"
    CUSTOM = "custom"
    CORE = "core"


class Requester(StrEnum):
    """Who asks."""

    MARKETER = "marketer"
    MANAGER = "manager"
    AGENCY = "agency"


class Purchase(StrEnum):
    """Who buys: the team itself, both together, or IT and procurement."""

    DECENTRAL = "decentral"
    JOINT = "joint"
    CENTRAL = "central"


class Lane(StrEnum):
    """How long the way to a verdict is."""

    FAST = "fast"
    STANDARD = "standard"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Raci:
    """Who does what in a category."""

    proposes: tuple[Requester, ...]
    input: tuple[Role, ...]
    decides: tuple[Role, ...]
    buys: tuple[Role, ...]
    runs: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of tool: its key, its name, who does what, and who buys it unless a rule says otherwise."""

    key: str
    name: str
    raci: Raci
    purchase: Purchase


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the policy sees it. `amount` is what is bound in a year, in the currency of the policy."""

    category: str
    amount: Decimal
    data: DataClass = DataClass.NONE
    integration: Integration = Integration.NONE
    requester: Requester = Requester.MARKETER
    months: int = YEAR_MONTHS
    capex: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule fits; what is None or empty does not narrow. Amounts from … up to but not including …"""

    categories: frozenset[str] = frozenset()
    amount_from: Decimal | None = None
    amount_below: Decimal | None = None
    data: frozenset[DataClass] = frozenset()
    integration: frozenset[Integration] = frozenset()
    requester: frozenset[Requester] = frozenset()

    def fits(self, asked: Asked) -> bool:
        """Whether a request is meant."""
        return (
            (not self.categories or asked.category in self.categories)
            and (self.amount_from is None or asked.amount >= self.amount_from)
            and (self.amount_below is None or asked.amount < self.amount_below)
            and (not self.data or asked.data in self.data)
            and (not self.integration or asked.integration in self.integration)
            and (not self.requester or asked.requester in self.requester)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it fits, what follows, and why it is there. `purchase` None leaves it to the category."""

    key: str
    when: Condition
    lane: Lane
    because: str
    purchase: Purchase | None = None
    approvers: tuple[Role, ...] = ()

    @property
    def outcome(self) -> tuple[Lane, Purchase | None, frozenset[Role]]:
        """What follows, without why."""
        return self.lane, self.purchase, frozenset(self.approvers)


@dataclass(frozen=True, slots=True)
class Band:
    """Who approves amounts below a limit; the last band has none."""

    approvers: tuple[Role, ...]
    below: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a tool is judged by, and how much it weighs of 100."""

    key: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way, who owns it and how many working days it may take."""

    name: str
    owner: Role
    days: int


@dataclass(frozen=True, slots=True)
class Capex:
    """From which capital expense on who is needed besides, and who is told at once."""

    threshold: Decimal
    approvers: tuple[Role, ...]
    told: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy. `lane_days` are working days until the verdict; `cost` what costs are reckoned from, by key."""

    name: str
    currency: str
    review_months: int
    categories: Mapping[str, Category]
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...]
    criteria: tuple[Criterion, ...]
    lane_days: Mapping[Lane, int]
    capex: Capex
    steps: tuple[Step, ...] = ()
    scope: str = ""
    cost: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the policy says of a request: the rule that fired, the way it takes, who must approve, who is told."""

    rule: str
    lane: Lane
    days: int
    purchase: Purchase
    raci: Raci
    approvers: tuple[Role, ...]
    told: tuple[Role, ...]
    why: tuple[str, ...]


def ruling(policy: Policy, asked: Asked) -> Ruling:
    """What follows for a request. Raises Invalid for a category that is none, or an amount that can't be."""
    category = policy.categories.get(asked.category)
    if category is None:
        known = ", ".join(policy.categories)
        raise Invalid(f"There is no category “{asked.category[:40]}” in the policy. There are: {known}.", "category")
    if not asked.amount.is_finite() or asked.amount < 0:
        raise Invalid("An amount is a number from zero up.", "amount")
    rule = next((rule for rule in policy.rules if rule.when.fits(asked)), None)
    if rule is None:
        raise Invalid("No rule of the policy fits this request. Its last rule should fit everything.", "rules")
    band = _band(policy.bands, asked)
    is_capital = asked.capex >= policy.capex.threshold
    return Ruling(
        rule=rule.key,
        lane=rule.lane,
        days=policy.lane_days[rule.lane],
        purchase=rule.purchase or category.purchase,
        raci=category.raci,
        approvers=_each_once(
            category.raci.decides, rule.approvers, band.approvers, policy.capex.approvers if is_capital else ()
        ),
        told=policy.capex.told if is_capital else (),
        why=_why(policy, rule, band, asked, category),
    )


def _band(bands: tuple[Band, ...], asked: Asked) -> Band:
    """The band of the amount; who binds the company for more than a year goes one band up."""
    at = next((place for place, band in enumerate(bands) if band.below is None or asked.amount < band.below), -1)
    longer = at >= 0 and asked.months > YEAR_MONTHS
    return bands[min(at + longer, len(bands) - 1)]


def _why(policy: Policy, rule: Rule, band: Band, asked: Asked, category: Category) -> tuple[str, ...]:
    why = [rule.because]
    limit = f"below {band.below:,f} {policy.currency}" if band.below is not None else "of any height"
    why.append(f"Amounts {limit} are approved by {_names(band.approvers)}.")
    if asked.months > YEAR_MONTHS:
        why.append("A term of more than a year counts one band higher.")
    if asked.capex >= policy.capex.threshold:
        why.append(f"Capital expense from {policy.capex.threshold:,f} {policy.currency} on needs more signatures.")
    if asked.requester not in category.raci.proposes:
        proposers = " or ".join(one.value for one in category.raci.proposes)
        why.append(f"{category.name}: a {proposers} has to propose it.")
    return tuple(why)


def _names(roles: Iterable[Role]) -> str:
    return ", ".join(ROLE_WORDS[role] for role in roles) or "nobody"


def _each_once(*groups: Iterable[Role]) -> tuple[Role, ...]:
    return tuple(dict.fromkeys(role for group in groups for role in group))
