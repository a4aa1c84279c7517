"""A policy as a YAML file, its published schema, and the template that ships."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from bot.domain.cost import Book, Spread
from bot.domain.cost_figures import KEYS, Figure, Unit
from bot.domain.errors import Invalid
from bot.domain.people import Role
from bot.domain.policy import (
    Band,
    Capex,
    Category,
    Condition,
    Criterion,
    DataClass,
    Integration,
    Lane,
    Policy,
    Purchase,
    Raci,
    Requester,
    Rule,
    Step,
)
from bot.domain.policy_check import faults
from bot.files.yaml_text import MOST_TOLD, Strict, parse

TEMPLATE = Path(__file__).with_name("policy.yaml")

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
RuleKey = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{0,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]
Amount = Annotated[Decimal, Field(ge=0, le=Decimal("1e12"), allow_inf_nan=False)]
Days = Annotated[int, Field(ge=1, le=250)]


class CategoryText(Strict):
    """Who proposes, gives input, decides, buys and runs tools of a category."""

    name: Words
    proposes: list[Requester]
    input: list[Role] = []
    decides: list[Role]
    buys: list[Role]
    runs: list[Role]
    purchase: Purchase

    def category(self, key: str) -> Category:
        """It in the words of the domain."""
        raci = Raci(tuple(self.proposes), tuple(self.input), tuple(self.decides), tuple(self.buys), tuple(self.runs))
        return Category(key, self.name, raci, self.purchase)


class WhenText(Strict):
    """When a rule fits; what is left out does not narrow."""

    categories: list[Key] = []
    amount_from: Amount | None = None
    amount_below: Amount | None = None
    data: list[DataClass] = []
    integration: list[Integration] = []
    requester: list[Requester] = []

    def condition(self) -> Condition:
        """It in the words of the domain."""
        return Condition(
            categories=frozenset(self.categories),
            amount_from=self.amount_from,
            amount_below=self.amount_below,
            data=frozenset(self.data),
            integration=frozenset(self.integration),
            requester=frozenset(self.requester),
        )


class RuleText(Strict):
    """A rule. The first that fits decides."""

    rule: RuleKey
    when: WhenText = WhenText()
    lane: Lane
    purchase: Purchase | None = None
    approvers: list[Role] = []
    because: Words


class BandText(Strict):
    """Who approves amounts below a limit."""

    below: Amount | None = None
    approvers: Annotated[list[Role], Field(min_length=1)]


class CriterionText(Strict):
    """What a tool is judged by; the weights are 100 together."""

    key: Key
    name: Words
    weight: Annotated[int, Field(ge=1, le=100)]


class StepText(Strict):
    """A step of the way."""

    name: Words
    owner: Role
    days: Days


class CapexText(Strict):
    """From which capital expense on who is needed besides."""

    threshold: Amount
    approvers: list[Role]
    told: list[Role] = []


class FigureText(Strict):
    """What costs are reckoned from: optimistic, likely, pessimistic, with the source."""

    name: Words
    points: Annotated[list[Amount], Field(min_length=3, max_length=3)]
    unit: Unit = Unit.MONEY
    book: Annotated[Book, Field(alias="class")] = Book.OPEX
    source: Words

    @model_validator(mode="after")
    def _rises(self) -> FigureText:
        if sorted(self.points) != self.points:
            raise ValueError("the three points must rise: optimistic, likely, pessimistic")
        return self

    def figure(self) -> Figure:
        """It in the words of the domain."""
        return Figure(self.name, Spread(*self.points), self.unit, self.book, self.source)


class PolicyText(Strict):
    """A technology-selection policy."""

    name: Words
    scope: Annotated[str, Field(max_length=2000)] = ""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    review_months: Annotated[int, Field(ge=1, le=60)] = 12
    categories: Annotated[dict[Key, CategoryText], Field(min_length=1, max_length=60)]
    rules: Annotated[list[RuleText], Field(min_length=1, max_length=100)]
    bands: Annotated[list[BandText], Field(min_length=1, max_length=12)]
    criteria: Annotated[list[CriterionText], Field(min_length=1, max_length=20)]
    lane_days: dict[Lane, Days]
    capex: CapexText
    steps: Annotated[list[StepText], Field(max_length=30)] = []
    cost: dict[Key, FigureText] = {}

    @model_validator(mode="after")
    def _knows_its_figures(self) -> PolicyText:
        unknown = ", ".join(sorted(set(self.cost) - KEYS))
        if unknown:
            raise ValueError(f"cost: there is no figure {unknown}")
        return self


def read(text: str) -> Policy:
    """The policy. Raises Invalid with the places of what is wrong, also where its rules make no sense together."""
    policy = _policy(parse(text, PolicyText))
    found = faults(policy)
    if found:
        lines = [f"{fault.place}: {fault.words}" for fault in found[:MOST_TOLD]]
        more = len(found) - MOST_TOLD
        raise Invalid("\n".join([*lines, f"and {more} more"] if more > 0 else lines))
    return policy


def template() -> str:
    """The text of the policy that ships, ready to be changed."""
    return TEMPLATE.read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    return PolicyText.model_json_schema()


def _policy(text: PolicyText) -> Policy:
    return Policy(
        name=text.name,
        scope=text.scope,
        currency=text.currency,
        review_months=text.review_months,
        categories={key: one.category(key) for key, one in text.categories.items()},
        rules=tuple(_rule(one) for one in text.rules),
        bands=tuple(Band(tuple(one.approvers), one.below) for one in text.bands),
        criteria=tuple(Criterion(one.key, one.name, one.weight) for one in text.criteria),
        lane_days=dict(text.lane_days),
        capex=Capex(text.capex.threshold, tuple(text.capex.approvers), tuple(text.capex.told)),
        steps=tuple(Step(one.name, one.owner, one.days) for one in text.steps),
        cost={key: one.figure() for key, one in text.cost.items()},
    )


def _rule(text: RuleText) -> Rule:
    return Rule(
        key=text.rule,
        when=text.when.condition(),
        lane=text.lane,
        because=text.because,
        purchase=text.purchase,
        approvers=tuple(text.approvers),
    )
