"""The benches there are, and running them by name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from bot.bench import asking, chaos, check, detect, ingest, load, roadmap, sweep, year
from bot.bench.report import Report, as_object, show
from bot.bench.sizes import Sizes
from bot.domain.errors import Invalid, Permanent

ALL = "all"
WIDTH = 120  # of a table that goes to a file
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """A bench: its name, what it tells in one line, and how it is taken. `take` says how far it is."""

    name: str
    about: str
    take: Callable[[Sizes, Progress], Report]


BENCHES = (
    Bench("ingest", "events a second until the durable acknowledgement, beside a bare Bolt app", ingest.take),
    Bench("chaos", "kills the bot while messages and commands come in, and counts what is left", chaos.take),
    Bench("sweep", "what a look at 100,000 open clocks costs, with none, 100 or 80,000 of them due", sweep.take),
    Bench(
        "year",
        "a year of agendas and warnings on four processes that are killed, and what was lost or doubled",
        year.take,
    ),
    Bench("detect", "how fast a message is judged on one core, and what the detector costs to load", detect.take),
    Bench("check", "how fast a tool is looked up among 10,000, with 1,000,000 tickets", check.take),
    Bench("ask", "how fast a question finds its passages among 50,000", asking.take),
    Bench("roadmap", "how fast a large road map is compared, reviewed and drawn", roadmap.take),
    Bench("load", "how fast a year of campaigns is forecast, and the smallest window found", load.take),
)


def run_benches(name: str = ALL, *, as_json: bool = False, sizes: Sizes | None = None) -> None:
    """Take one bench or all; results go to standard output, progress to standard error.

    Raises Invalid for an unknown name, Permanent if a bench must not pass; the others are taken all the same.
    """
    chosen = [bench for bench in BENCHES if name in (bench.name, ALL)]
    if not chosen:
        known = "; ".join(f"{bench.name}: {bench.about}" for bench in BENCHES)
        raise Invalid(f"There is no bench “{name[:30]}”. There are {ALL}, and {known}.")
    failures = [failure for bench in chosen if (failure := _run(bench, sizes or Sizes(), as_json))]
    if failures:
        raise Permanent(" ".join(failures), "bench")


def _run(bench: Bench, sizes: Sizes, as_json: bool) -> str:
    aside = Console(stderr=True)
    with aside.status(f"{bench.name}: {bench.about}") as status:

        def tell(words: str) -> None:
            status.update(f"{bench.name}: {words}")
            if not aside.is_terminal:
                aside.print(f"{bench.name}: {words}")

        report = bench.take(sizes, tell)
    if as_json:
        print(as_object(report))
    else:
        show(report, Console(width=None if sys.stdout.isatty() else WIDTH))
    return report.failure
