"""The command line: one small file per group of verbs. A verb imports what it needs when it runs."""

from __future__ import annotations

import sys

import typer

from bot.cli import (
    ask,
    bench,
    calendar,
    capacity,
    catalogue,
    cost,
    decision,
    detect,
    detection,
    diligence,
    doctor,
    knowledge,
    load,
    manifest,
    policy,
    roadmap,
    run,
    sla,
)
from bot.domain.errors import LiaisonError

GROUPS = (
    run, detect, detection, policy, catalogue, diligence, cost, decision, calendar, roadmap, load, capacity, sla,
    knowledge, ask, manifest,
    doctor, bench,
)  # fmt: skip


def main() -> None:
    """Run the command line. What we can explain ends with one line of words, not with a traceback."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="IT Liaison: IT in the marketing channel.",
    )
    for group in GROUPS:
        group.register(app)
    try:
        app()
    except LiaisonError as error:
        mend = getattr(error, "mend", "")
        print(f"✗ {error.words}" + (f"\n  {mend}" if mend else ""), file=sys.stderr)
        sys.exit(1)
