"""The kill test: whatever was acknowledged has exactly one ticket and one card, however often the bot was killed.

Real processes on a real chat server behind the tests' strict proxy, which delivers again what is not acknowledged
and answers badly now and then. It needs the tests' folder, so it is a developer's bench.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.bench.tally import Round, Seen
from bot.domain.errors import Permanent

ROUNDS = (
    Round("socket", "sqlite", 1),
    Round("socket", "postgresql", 2),
    Round("http", "sqlite", 1),
    Round("http", "postgresql", 2),
)
COLUMNS = ("round", "bots", "events", "acked", "kills", "tickets", "cards", "lost", "doubled", "seconds")
SHOWN = 10

Tell = Callable[[str], None]


def take(sizes: Sizes, tell: Tell) -> Report:
    """Play every round. The report fails if anything was lost or doubled."""
    play_round = _player()
    figures: dict[str, float] = {}
    rows: list[Sequence[str]] = []
    cases: list[str] = []
    for one in ROUNDS:
        with tempfile.TemporaryDirectory(prefix="it-liaison-chaos-", ignore_cleanup_errors=True) as folder:
            seen = play_round(one, Path(folder), sizes, tell)
        tally = seen.tally
        counts = {"events": seen.events, "acked": tally.acked, "kills": seen.kills, "tickets": tally.tickets}
        counts |= {"cards": tally.cards, "lost": len(tally.lost), "doubled": len(tally.doubled)}
        figures |= {f"{one.name}_{what}": number for what, number in counts.items()}
        figures[f"{one.name}_s"] = round(seen.seconds, 1)
        rows.append([one.name, str(one.bots), *map(str, counts.values()), f"{seen.seconds:.0f}"])
        cases += [f"{one.name}: {case}" for case in (*tally.lost, *tally.doubled)]
    notes = "\n".join(cases[:SHOWN]) if cases else "Nothing lost, nothing doubled."
    failure = f"{len(cases)} times something was lost or doubled." if cases else ""
    return Report("chaos", figures, COLUMNS, rows, notes, failure)


def _player() -> Callable[[Round, Path, Sizes, Tell], Seen]:
    try:
        from bot.bench.storm import play_round
    except ImportError as error:
        mend = "Run it in a checkout of the project, after: make install-dev"
        raise Permanent(f"This bench needs the tests' folder ({error}).", "tests", mend) from error
    return play_round
