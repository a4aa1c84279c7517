"""What a tool really costs over its years: three-point estimates, summed as PERT.

A component's mean is (O + 4M + P) / 6 and its deviation (P - O) / 6 (PMBOK). Means add up; deviations add up as
variance = Σ s² + 2ρ Σ sᵢsⱼ, with one correlation ρ for all pairs: one vendor, one optimism. P10 and P90 are those of a
normal distribution. Yearly amounts grow: they count Σ (1 + growth)^k times over the years k = 0, 1, … Shares apply to
the sum of the one-off means alone, never to the licence. All amounts are in the currency of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.errors import Invalid

ZERO = Decimal(0)
P90 = Decimal("1.2816")  # deviations from the mean to the 90th percentile of a normal distribution
MOST_YEARS = 10
MONTHS = 12


class Basis(StrEnum):
    """How often an amount is due; `SHARE` is no amount but a part of the one-off costs."""

    ONE_OFF = "one_off"
    YEARLY = "yearly"
    SHARE = "share_of_one_off"


class Book(StrEnum):
    """Where it is booked: operating or capital expense. Finance decides; this is a first sorting."""

    OPEX = "opex"
    CAPEX = "capex"


@dataclass(frozen=True, slots=True)
class Spread:
    """Three points of an estimate: optimistic, likely, pessimistic. Raises Invalid unless 0 ≤ O ≤ M ≤ P."""

    optimistic: Decimal
    likely: Decimal
    pessimistic: Decimal

    def __post_init__(self) -> None:
        points = self.optimistic, self.likely, self.pessimistic
        if not all(point.is_finite() for point in points) or self.optimistic < 0:
            raise Invalid("An amount can't be negative.")
        if not self.optimistic <= self.likely <= self.pessimistic:
            raise Invalid("The three amounts must rise: optimistic, likely, pessimistic.")

    @property
    def mean(self) -> Decimal:
        """(O + 4M + P) / 6."""
        return (self.optimistic + 4 * self.likely + self.pessimistic) / 6

    @property
    def deviation(self) -> Decimal:
        """(P - O) / 6."""
        return (self.pessimistic - self.optimistic) / 6

    def times(self, factor: Decimal) -> Spread:
        """The same estimate of `factor` times as much."""
        return Spread(self.optimistic * factor, self.likely * factor, self.pessimistic * factor)


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the cost. `growth` is the share by which a yearly amount grows (0.07 = 7 %)."""

    name: str
    spread: Spread
    basis: Basis = Basis.ONE_OFF
    book: Book = Book.OPEX
    growth: Decimal = ZERO
    source: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What the vendor asks."""

    licence_per_year: Decimal
    one_off: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Owned:
    """A tool the company has already that would do: what it costs a year, and once to fit it."""

    name: str
    per_year: Decimal
    one_off: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Case:
    """A tool to be reckoned up. Raises Invalid where it can't be."""

    currency: str
    years: int
    quote: Quote
    components: tuple[Component, ...]
    correlation: Decimal = Decimal("0.3")
    owned: Owned | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.years <= MOST_YEARS:
            raise Invalid(f"Reckon with 1 to {MOST_YEARS} years.", "years")
        if not 0 <= self.correlation <= 1:
            raise Invalid("The correlation is a number from 0 to 1.", "correlation")
        if not self.components:
            raise Invalid("There is nothing to add up: name at least one component.", "components")


@dataclass(frozen=True, slots=True)
class Line:
    """A component over all years: its three points, and where it is booked."""

    name: str
    spread: Spread
    book: Book
    basis: Basis
    source: str = ""

    @property
    def mean(self) -> Decimal:
        """Its expected amount over all years."""
        return self.spread.mean


@dataclass(frozen=True, slots=True)
class Driver:
    """What the total of the likely amounts becomes where one input goes from its best to its worst."""

    name: str
    low: Decimal
    high: Decimal

    @property
    def swing(self) -> Decimal:
        """From the one to the other."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Estimate:
    """The outcome over all years. `break_even_months`: when it has cost less than the owned tool; None for never."""

    currency: str
    years: int
    lines: tuple[Line, ...]
    expected: Decimal
    deviation: Decimal
    quote_total: Decimal
    drivers: tuple[Driver, ...]
    owned_total: Decimal | None = None
    break_even_months: int | None = None

    @property
    def low(self) -> Decimal:
        """P10: one time in ten it costs less."""
        return self.expected - P90 * self.deviation

    @property
    def high(self) -> Decimal:
        """P90: one time in ten it costs more."""
        return self.expected + P90 * self.deviation

    @property
    def multiple(self) -> Decimal | None:
        """How many times the vendor's quote it is; None for a quote of nothing."""
        return self.expected / self.quote_total if self.quote_total else None

    def booked(self, book: Book) -> Decimal:
        """The expected sum of one kind of expense."""
        return sum((line.mean for line in self.lines if line.book is book), ZERO)


def estimate(case: Case) -> Estimate:
    """Reckon up a case."""
    lines = _lines(case)
    quote_total = case.quote.licence_per_year * case.years + case.quote.one_off
    owned = case.owned
    return Estimate(
        currency=case.currency,
        years=case.years,
        lines=lines,
        expected=sum((line.mean for line in lines), ZERO),
        deviation=deviation([line.spread.deviation for line in lines], case.correlation),
        quote_total=quote_total,
        drivers=_drivers(case),
        owned_total=owned.per_year * case.years + owned.one_off if owned else None,
        break_even_months=_break_even(lines, case.years, owned) if owned else None,
    )


def deviation(parts: Sequence[Decimal], correlation: Decimal) -> Decimal:
    """The deviation of a sum: variance = Σ s² + 2ρ Σ sᵢsⱼ = (1 - ρ) Σ s² + ρ (Σ s)²."""
    squares = sum((part * part for part in parts), ZERO)
    return ((1 - correlation) * squares + correlation * sum(parts, ZERO) ** 2).sqrt()


def _lines(case: Case) -> tuple[Line, ...]:
    once = sum((part.spread.mean for part in case.components if part.basis is Basis.ONE_OFF), ZERO)
    return tuple(
        Line(part.name, part.spread.times(_factor(part, case.years, once)), part.book, part.basis, part.source)
        for part in case.components
    )


def _factor(part: Component, years: int, once: Decimal) -> Decimal:
    """How often an amount counts; what a share is of."""
    if part.basis is Basis.YEARLY:
        return sum(((1 + part.growth) ** year for year in range(years)), ZERO)
    return once if part.basis is Basis.SHARE else Decimal(1)


def _drivers(case: Case) -> tuple[Driver, ...]:
    """The inputs, those that move the total most first; interaction is ignored, as in every tornado."""
    likely = [part.spread.likely for part in case.components]
    found = []
    for at, part in enumerate(case.components):
        ends = (part.spread.optimistic, part.spread.pessimistic)
        low, high = (_total(case, [*likely[:at], end, *likely[at + 1 :]]) for end in ends)
        found.append(Driver(part.name, low, high))
    return tuple(sorted(found, key=lambda driver: -driver.swing))


def _total(case: Case, amounts: Iterable[Decimal]) -> Decimal:
    """The sum where each component has this one amount."""
    pairs = list(zip(case.components, amounts, strict=True))
    once = sum((amount for part, amount in pairs if part.basis is Basis.ONE_OFF), ZERO)
    return sum((amount * _factor(part, case.years, once) for part, amount in pairs), ZERO)


def _break_even(lines: Iterable[Line], years: int, owned: Owned) -> int | None:
    """The first month at whose end the new tool has cost no more than the owned one; yearly amounts in even months."""
    new_monthly = sum((line.mean for line in lines if line.basis is Basis.YEARLY), ZERO) / (years * MONTHS)
    new_once = sum((line.mean for line in lines if line.basis is not Basis.YEARLY), ZERO)
    saved_monthly = owned.per_year / MONTHS - new_monthly
    for month in range(years * MONTHS + 1):
        if new_once - owned.one_off <= saved_monthly * month:
            return month
    return None
