"""A case of what a tool costs, as a YAML file. An example: docs/cases/cost.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.domain.cost import Basis, Book, Case, Component, Owned, Quote, Spread
from bot.domain.errors import Invalid
from bot.files.yaml_text import Strict, parse

Amount = Annotated[Decimal, Field(ge=0, le=Decimal("1e12"), allow_inf_nan=False)]
Points = Annotated[list[Amount], Field(min_length=3, max_length=3)]


class QuoteText(Strict):
    """The vendor's quote."""

    licence_per_year: Amount
    one_off: Amount = Decimal(0)


class OwnedText(Strict):
    """The tool that is there already."""

    name: str
    per_year: Amount
    one_off: Amount = Decimal(0)


class ComponentText(Strict):
    """A component: three amounts, or three shares of the one-off costs."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Literal["one_off", "yearly"] | None = None
    book: Annotated[Literal["opex", "capex"], Field(alias="class")] = "opex"
    amounts: Points | None = None
    share_of_one_off: Points | None = None
    growth_per_year: Annotated[Decimal, Field(ge=-1, le=10)] = Decimal(0)
    source: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> ComponentText:
        if (self.amounts is None) == (self.share_of_one_off is None):
            raise ValueError("give either amounts or share_of_one_off, as optimistic, likely, pessimistic")
        if self.amounts is not None and self.kind is None:
            raise ValueError("say whether the amounts are one_off or yearly, as kind")
        try:
            self.component()
        except Invalid as error:
            raise ValueError(error.words) from None
        return self

    def component(self) -> Component:
        """It in the words of the domain."""
        basis = Basis.SHARE if self.share_of_one_off else Basis(self.kind or "one_off")
        optimistic, likely, pessimistic = self.share_of_one_off or self.amounts or []
        spread = Spread(optimistic, likely, pessimistic)
        return Component(self.name, spread, basis, Book(self.book), self.growth_per_year, self.source)


class CaseText(Strict):
    """The whole file."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    years: Annotated[int, Field(ge=1, le=10)]
    correlation: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.3")
    quote: QuoteText
    components: Annotated[list[ComponentText], Field(min_length=1, max_length=200)]
    owned: OwnedText | None = None


def read(text: str) -> Case:
    """The case. Raises Invalid with the place of what is wrong."""
    case = parse(text, CaseText)
    owned = case.owned
    return Case(
        currency=case.currency,
        years=case.years,
        quote=Quote(case.quote.licence_per_year, case.quote.one_off),
        components=tuple(part.component() for part in case.components),
        correlation=case.correlation,
        owned=Owned(owned.name, owned.per_year, owned.one_off) if owned else None,
    )
