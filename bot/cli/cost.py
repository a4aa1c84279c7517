"""`cost`: what a tool really costs, from a case in a file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from bot.domain.cost import Estimate

CENT = Decimal("0.01")
MOST_DRIVERS = 3


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def cost(
        file: Annotated[Path, typer.Option(help="The case, as YAML (an example: docs/cases/cost.yaml).")],
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
    ) -> None:
        """Reckon up what a tool costs over its years: expected, low (P10) and high (P90), against the quote."""
        from rich.console import Console

        from bot.cli.files import text_of
        from bot.domain.cost import estimate
        from bot.files import cost_case

        found = estimate(cost_case.read(text_of(file)))
        if as_json:
            print(json.dumps(as_object(found), ensure_ascii=False))
            return
        console = Console()
        console.print(table(found))
        console.print(summary(found), highlight=False)


def as_object(found: Estimate) -> dict[str, object]:
    """The estimate with plain numbers; amounts in its currency over all years."""
    from bot.domain.cost import Book

    return {
        "currency": found.currency,
        "years": found.years,
        "expected": _number(found.expected),
        "sd": _number(found.deviation),
        "p10": _number(found.low),
        "p90": _number(found.high),
        "quote_total": _number(found.quote_total),
        "multiple": round(float(found.multiple), 4) if found.multiple is not None else None,
        "capex": _number(found.booked(Book.CAPEX)),
        "opex": _number(found.booked(Book.OPEX)),
        "owned_total": _number(found.owned_total) if found.owned_total is not None else None,
        "break_even_months": found.break_even_months,
        "means": {line.name: _number(line.mean) for line in found.lines},
        "drivers": {driver.name: _number(driver.swing) for driver in found.drivers},
    }


def table(found: Estimate) -> Table:
    """Each component, and the total."""
    from rich.table import Table

    shown = Table("Component", "Booked", title=f"Over {found.years} years, {found.currency}", title_justify="left")
    for heading in ("low", "likely", "high", "expected"):
        shown.add_column(heading, justify="right")
    for line in found.lines:
        points = (line.spread.optimistic, line.spread.likely, line.spread.pessimistic, line.mean)
        shown.add_row(line.name, line.book.value, *(_money(point) for point in points))
    shown.add_section()
    shown.add_row("Total (low P10, high P90)", "", _money(found.low), "", _money(found.high), _money(found.expected))
    return shown


def summary(found: Estimate) -> str:
    """What the total means, in a few lines."""
    from bot.domain.cost import Book

    lines = [
        f"Quote {_money(found.quote_total)}"
        + (f", expected {found.multiple:.2f} times that." if found.multiple is not None else "."),
        f"CapEx {_money(found.booked(Book.CAPEX))}, OpEx {_money(found.booked(Book.OPEX))}.",
        "It matters most: "
        + "; ".join(f"{one.name} (± {_money(one.swing / 2)})" for one in found.drivers[:MOST_DRIVERS])
        + ".",
    ]
    if found.owned_total is not None:
        when = found.break_even_months
        lines.append(
            f"The tool you own: {_money(found.owned_total)}. "
            + (f"Break-even after {when} months." if when is not None else f"No break-even within {found.years} years.")
        )
    return "\n".join(lines)


def _money(amount: Decimal) -> str:
    return f"{amount:,.0f}"


def _number(amount: Decimal) -> float:
    return float(amount.quantize(CENT))
