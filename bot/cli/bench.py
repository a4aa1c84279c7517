"""`bench`: figures, with the machine they were taken on."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def bench(
        name: Annotated[str, typer.Argument(help="ingest, chaos, or all.")] = "all",
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per bench.")] = False,
    ) -> None:
        """Measure, and print a short table with the machine it was taken on."""
        from bot.bench.registry import run_benches

        run_benches(name, as_json=as_json)
