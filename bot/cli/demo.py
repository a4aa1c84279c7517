"""`demo company`: a made-up company and its half year, to be looked at with `run`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

WEEKS = 26


def register(app: typer.Typer) -> None:
    """Add the group `demo`."""
    group = typer.Typer(no_args_is_help=True, help="Made-up companies to look at.")
    group.callback()(lambda: None)
    group.command("company")(company)
    app.add_typer(group, name="demo")


def company(
    folder: Annotated[Path | None, typer.Argument(help="Where to; without one, `company` in the data folder.")] = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it ends before.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed, another half year.")] = 1,
    weeks: Annotated[int, typer.Option(min=1, max=WEEKS, help="A shorter time, for the impatient.")] = WEEKS,
) -> None:
    """Play the half year of a company: 40 people, 12 tools, 30 campaigns, a road map of 25 items."""
    from bot.cli.only import only_process
    from bot.demo.company import make
    from bot.demo.keeping import Played, holds_demo
    from bot.log import set_up_logging
    from bot.now import utc_now
    from bot.settings import load_settings

    settings = load_settings()
    where = folder or settings.data_dir / "company"
    set_up_logging("error", pretty=True)
    if holds_demo(where):
        with only_process(settings.model_copy(update={"data_dir": where})):
            pass  # or it says that the demo is running
    today = (day or utc_now()).date()
    print(f"Half a year of a company, up to {today}, into {where} (about a minute):")
    floor = make(where, Played(today, seed, weeks), lambda words: print(f"  {words}", flush=True))
    for words in floor.refused:
        print(f"! Refused: {words}", file=sys.stderr)
    print(f"✓ Done: {len(list(floor.paper.written)):,} messages were written. To see the company in your browser:")
    print(f"  DATA_DIR={where} make run")
