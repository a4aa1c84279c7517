"""What goes into the cost of one tool: the quote, what IT knows, the figures; and the parts it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain.cost import MONTHS, ZERO, Basis, Book, Case, Component, Estimate, Owned, Quote, Spread, estimate
from bot.domain.cost_figures import Figures

DAY_HOURS = 8
LIGHT_BELOW, PLATFORM_FROM = Decimal(10_000), Decimal(80_000)
LEAST_MULTIPLE, MOST_MULTIPLE = Decimal("1.3"), Decimal(5)


class Size(StrEnum):
    """How large a tool is for those who set it up and run it."""

    LIGHT = "light"
    STANDARD = "standard"
    PLATFORM = "platform"


def size_of(licence: Decimal) -> Size:
    """How large a tool is as a rule, by its yearly licence; the limits are ours, in any currency."""
    return Size.LIGHT if licence < LIGHT_BELOW else Size.STANDARD if licence < PLATFORM_FROM else Size.PLATFORM


class Records(StrEnum):
    """How much data moves over."""

    NONE = "none"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Part(StrEnum):
    """What people see a cost made of."""

    LICENCE = "Licence"
    SET_UP = "Set-up and data"
    CONNECTIONS = "Connections"
    PEOPLE = "People and project"
    RUNNING = "Running it"
    RESERVE = "Reserve and exit"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known of a tool: first what its requester knows, then what IT does. Amounts in one currency.

    `licence` is a year; `seat_growth` a share a year; the rates are for an hour; `native` to `core` count connections.
    """

    licence: Decimal
    setup: Decimal = ZERO
    users: int = 10
    seat_growth: Decimal = Decimal("0.1")
    years: int = 3
    size: Size = Size.STANDARD
    owned: str = ""
    owned_yearly: Decimal = ZERO
    native: int = 0
    middleware: int = 0
    custom: int = 0
    core: int = 0
    records: Records = Records.NONE
    has_sso: bool = True
    has_support: bool = True
    it_rate: Decimal = Decimal(90)
    marketing_rate: Decimal = Decimal(50)


@dataclass(frozen=True, slots=True)
class Item:
    """A component, the part it is shown under, whether it is time of our own people, the figures it hangs on."""

    part: Part
    component: Component
    figures: tuple[str, ...] = ()
    is_own_time: bool = False


@dataclass(frozen=True, slots=True)
class CostSheet:
    """One version of a ticket's cost. `policy`: the version its figures come from; `changed`: figures that don't."""

    workspace: str
    number: int
    version: int
    by: str
    at: datetime
    policy: int
    currency: str
    inputs: Inputs
    figures: Figures
    changed: tuple[str, ...] = ()
    is_checked: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """What it is made of."""
        return tuple(items(self.inputs, self.figures))

    @property
    def estimate(self) -> Estimate:
        """What it comes to. Raises Invalid where it can't be reckoned."""
        return estimate(case_of(self.inputs, self.figures, self.currency))

    @property
    def capex(self) -> Decimal:
        """What is expected to be booked as capital expense."""
        return self.estimate.booked(Book.CAPEX)

    @property
    def once(self) -> Decimal:
        """What is expected to be spent once."""
        return sum((line.mean for line in self.estimate.lines if line.basis is not Basis.YEARLY), ZERO)

    @property
    def first_year(self) -> Decimal:
        """What is expected to be due every year, in its first one."""
        parts = (item.component for item in self.items)
        return sum((part.spread.mean for part in parts if part.basis is Basis.YEARLY), ZERO)

    @property
    def used(self) -> tuple[str, ...]:
        """The figures it hangs on, in their order."""
        return tuple(dict.fromkeys(key for item in self.items for key in item.figures))


def case_of(inputs: Inputs, figures: Figures, currency: str) -> Case:
    """The case to be reckoned up."""
    return Case(
        currency=currency,
        years=inputs.years,
        quote=Quote(inputs.licence, inputs.setup),
        components=tuple(item.component for item in items(inputs, figures)),
        owned=Owned(inputs.owned, inputs.owned_yearly) if inputs.owned else None,
    )


def by_part(sheet: CostSheet, found: Estimate) -> dict[Part, Decimal]:
    """The expected amount of each part over all years, in the order people see them; parts of nothing are left out."""
    sums = dict.fromkeys(Part, ZERO)
    for item, line in zip(sheet.items, found.lines, strict=True):
        sums[item.part] += line.mean
    return {part: amount for part, amount in sums.items() if amount}


def own_time(sheet: CostSheet, found: Estimate) -> Decimal:
    """Of the expected sum, what is time of our own people."""
    pairs = zip(sheet.items, found.lines, strict=True)
    return sum((line.mean for item, line in pairs if item.is_own_time), ZERO)


def items(inputs: Inputs, figures: Figures) -> Iterator[Item]:
    """The components of a tool's cost, those that apply."""
    yield from _licence(inputs, figures)
    yield from _set_up(inputs, figures)
    yield from _connections(inputs, figures)
    yield from _people(inputs, figures)
    yield from _running(inputs, figures)
    yield from _reserve(inputs, figures)


def _licence(inputs: Inputs, figures: Figures) -> Iterator[Item]:
    """Yearly amounts that grow with price and seats. Each point has a growth of its own."""
    uplift = figures["uplift"].spread
    points = [_grown(rate, inputs) for rate in (uplift.optimistic, uplift.likely, uplift.pessimistic)]
    growth, likely = (1 + uplift.likely) * (1 + inputs.seat_growth) - 1, points[1]
    prices = Spread(*(inputs.licence * point / likely for point in points))
    yield Item(Part.LICENCE, Component("Licence", prices, Basis.YEARLY, growth=growth), ("uplift",))
    for key, name, is_there in (("sso", "Single sign-on", inputs.has_sso), ("support", "Support", inputs.has_support)):
        if not is_there:
            extra = figures[key].spread.times(inputs.licence)
            yield Item(Part.LICENCE, Component(f"{name} on top", extra, Basis.YEARLY, growth=growth), (key,))


def _grown(uplift: Decimal, inputs: Inputs) -> Decimal:
    """How often the first year's price is paid over all years."""
    rate = (1 + uplift) * (1 + inputs.seat_growth)
    return sum((rate**year for year in range(inputs.years)), ZERO)


def _set_up(inputs: Inputs, figures: Figures) -> Iterator[Item]:
    if inputs.setup:
        fee = Spread(inputs.setup, inputs.setup, inputs.setup)
        yield Item(Part.SET_UP, Component("Set-up fee of the vendor", fee))
    yield _once(Part.SET_UP, f"partner_{inputs.size}", inputs.licence, figures)
    if inputs.records is not Records.NONE:
        yield _once(Part.SET_UP, f"move_{inputs.records}", Decimal(1), figures)
    yield _share(Part.SET_UP, "customisation", figures)


def _connections(inputs: Inputs, figures: Figures) -> Iterator[Item]:
    day = inputs.it_rate * DAY_HOURS
    for key, count in (("native", inputs.native), ("middleware", inputs.middleware)):
        if count:
            yield _once(Part.CONNECTIONS, f"{key}_days", day * count, figures, is_own_time=True)
            times = count if key == "native" else 1  # one middleware carries all its connections
            yield _yearly(Part.CONNECTIONS, f"{key}_run", Decimal(MONTHS * times), figures)
    for key, count in (("custom", inputs.custom), ("core", inputs.core)):
        if count:
            yield _once(Part.CONNECTIONS, key, Decimal(count), figures)
            build = figures[key].spread.likely * count
            yield _yearly(Part.CONNECTIONS, "upkeep", build, figures, f"Upkeep: {figures[key].name.lower()}")


def _people(inputs: Inputs, figures: Figures) -> Iterator[Item]:
    users = Decimal(inputs.users)
    yield _once(Part.PEOPLE, "training_hours", users * inputs.marketing_rate, figures, is_own_time=True)
    yield _once(Part.PEOPLE, "training", users, figures)
    yield _once(Part.PEOPLE, "review_hours", inputs.it_rate, figures, is_own_time=True)
    yield _once(Part.PEOPLE, "contract_hours", inputs.it_rate, figures, is_own_time=True)
    yield _share(Part.PEOPLE, "change", figures)
    yield _share(Part.PEOPLE, "project", figures)


def _running(inputs: Inputs, figures: Figures) -> Iterator[Item]:
    a_year, base, user = inputs.it_rate * MONTHS, f"admin_{inputs.size}", f"admin_user_{inputs.size}"
    yield _yearly(Part.RUNNING, base, a_year, figures, is_own_time=True)
    yield _yearly(Part.RUNNING, user, a_year * inputs.users, figures, is_own_time=True)


def _reserve(inputs: Inputs, figures: Figures) -> Iterator[Item]:
    """For surprises, a share of what is spent once; for leaving again, put aside year by year."""
    yield _share(Part.RESERVE, "contingency_built" if inputs.custom or inputs.core else "contingency", figures)
    years = Decimal(inputs.years)
    yield _yearly(Part.RESERVE, "exit_licence", inputs.licence / years, figures)
    if inputs.records is not Records.NONE:
        moved = figures[f"move_{inputs.records}"].spread.likely
        yield _yearly(Part.RESERVE, "exit_move", moved / years, figures)


def _once(part: Part, key: str, times: Decimal, figures: Figures, *, is_own_time: bool = False) -> Item:
    return _item(part, key, times, figures, Basis.ONE_OFF, is_own_time=is_own_time)


def _yearly(
    part: Part, key: str, times: Decimal, figures: Figures, name: str = "", *, is_own_time: bool = False
) -> Item:
    return _item(part, key, times, figures, Basis.YEARLY, name, is_own_time=is_own_time)


def _share(part: Part, key: str, figures: Figures) -> Item:
    return _item(part, key, Decimal(1), figures, Basis.SHARE)


def _item(
    part: Part, key: str, times: Decimal, figures: Figures, basis: Basis, name: str = "", *, is_own_time: bool = False
) -> Item:
    figure = figures[key]
    book = Book.OPEX if basis is Basis.YEARLY else figure.book
    component = Component(name or figure.name, figure.spread.times(times), basis, book, source=figure.source)
    return Item(part, component, (key,), is_own_time)
