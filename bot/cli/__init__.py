"""The command line: one small file per group of verbs. A verb imports what it needs when it runs."""

from __future__ import annotations

import gc
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
    demo,
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
    doctor, bench, demo,
)  # fmt: skip


# Objects made before the collector looks at them (by default 700), and its lesser rounds before a greater one: a unit
# of work holds tens of thousands at once, none of them garbage before it ends; a tenth of its time went into looking.
COLLECTED_AFTER = (20_000, 20, 100)


def main() -> None:
    """Run the command line. What we can explain ends with one line of words, not with a traceback."""
    gc.set_threshold(*COLLECTED_AFTER)
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
