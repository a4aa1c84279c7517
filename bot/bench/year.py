"""A simulated year: four processes on one PostgreSQL, killed at random, with outages and clocks that are set back.

Every agenda and every warning and breach that the rules call for, worked out by a plain walker beside it, must be
posted once. It needs the tests' folder, so it is a developer's bench.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.bench.database import fresh_database, open_furnished
from bot.bench.found import Found
from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.bench.tales import YEAR, Span
from bot.domain.errors import Permanent
from bot.log import set_up_logging

RATE = 0.002
SHOWN = 10
COLUMNS = ("days", "looks", "tickets", "kills", "cuts", "expected", "posted", "lost", "doubled", "stray", "seconds")

Tell = Callable[[str], None]
Simulate = Callable[[str, Span, int, float, Tell], Found]


def take(sizes: Sizes, tell: Tell) -> Report:
    """Play the year. The report fails if anything was lost, doubled, or said without a reason."""
    set_up_logging("critical", pretty=False)  # thousands of faults are no news here
    simulate, began = _simulation(), time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="it-liaison-year-") as folder,
        fresh_database("postgresql", Path(folder)) as url,
    ):
        open_furnished(url, (), {}).close()
        found = simulate(url, YEAR, sizes.seed, RATE, tell)
    seconds = time.monotonic() - began
    counts = {"looks": found.moments, "tickets": found.tickets, "kills": found.kills, "cuts": found.other_faults}
    counts |= {"expected": found.expected, "posted": found.posted, "lost": len(found.lost)}
    counts |= {"doubled": len(found.doubled), "stray": len(found.stray)}
    cases = [*(f"lost: {one}" for one in found.lost), *(f"doubled: {one}" for one in found.doubled)]
    cases += [f"stray: {one}" for one in found.stray]
    notes = "\n".join(cases[:SHOWN]) if cases else "Nothing lost, nothing doubled, nothing said without a reason."
    failure = f"{len(cases)} times something was lost, doubled or stray." if cases else ""
    row = [str(YEAR.days), *map(str, counts.values()), f"{seconds:.0f}"]
    return Report("year", {**counts, "year_s": round(seconds, 1)}, COLUMNS, [row], notes, failure)


def _simulation() -> Simulate:
    try:
        from bot.bench.simulation import simulate
    except ImportError as error:
        mend = "Run it in a checkout of the project, after: make install-dev"
        raise Permanent(f"This bench needs the tests' folder ({error}).", "tests", mend) from error
    return simulate
