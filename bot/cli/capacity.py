"""`capacity`: what a load test says a site takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.domain.capacity import Measured


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def capacity(
        file: Annotated[Path, typer.Option(help="k6's summary (JSON), JMeter's samples or Locust's statistics (CSV).")],
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")] = False,
    ) -> None:
        """Read a load test: the requests a second it held, for capacity_requests_per_s of a `load` case."""
        from dataclasses import asdict

        from bot.cli.files import text_of
        from bot.files import load_test

        found = load_test.read(text_of(file))
        print(json.dumps(asdict(found) | {"held": found.held}) if as_json else words(found))


def words(found: Measured) -> str:
    """The test for people."""
    from bot.domain.capacity import MOST_ERRORS, VALID_DAYS

    slow = f", 95 % answered within {found.p95_ms:.0f} ms" if found.p95_ms is not None else ""
    users = f" with {found.users} users" if found.users else ""
    first = f"{found.tool}: {found.requests_per_s:.1f} requests a second{users}, {found.errors:.1%} failed{slow}."
    if found.held:
        return f"{first}\nThe site held it. Count on it for {VALID_DAYS} days, and until the next release."
    return f"{first}\nThe site did not hold it: more than {MOST_ERRORS:.0%} failed. Test again with fewer requests."
