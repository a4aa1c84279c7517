"""`bench`: figures, with the machine they were taken on."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def bench(
        name: Annotated[str, typer.Argument(help="Its name, such as ingest or sweep, or all.")] = "all",
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per bench.")] = False,
        messages: Annotated[int, typer.Option(min=1, help="chaos: messages a round that ask for a ticket.")] = 2000,
        commands: Annotated[int, typer.Option(min=0, help="chaos: commands a round.")] = 200,
        kills: Annotated[int, typer.Option(min=0, help="chaos: kills a round.")] = 10,
        seed: Annotated[int, typer.Option(help="chaos: the same seed kills at the same moments.")] = 1,
    ) -> None:
        """Measure, and print a short table with the machine it was taken on."""
        from bot.bench.registry import run_benches
        from bot.bench.sizes import Sizes

        sizes = Sizes(messages=messages, commands=commands, kills=kills, seed=seed)
        run_benches(name, as_json=as_json, sizes=sizes)
