"""What the sweep over the clocks costs: 100,000 open ones, of which none, a hundred or 80,000 are due.

It is the product's own step, with its claims, events, posts and commits; only the time is told to it.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.bench.backlog import CHANNELS, HOLDERS, START, TEAM, make_backlog
from bot.bench.database import BACKENDS, fresh_database, open_furnished
from bot.bench.dial import Dial
from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.detection.learned import make_detector
from bot.domain.errors import Permanent
from bot.domain.events import What
from bot.domain.hours import Calendar
from bot.platforms.slack.adapter import SlackChat
from bot.scheduler import Step, together
from bot.services.desk import Desk
from bot.services.sla.sweep import look_at_clocks
from storage.store import Store

COLUMNS = ("database", "open clocks", "none due ms", "100 due ms", "due at once", "s", "clocks/s")
AIMS = "aims: none due ≤ 5 ms, 100 due ≤ 100 ms, 80,000 due at once ≤ 30 s, adding 8 hours ≤ 10 µs"
NOWHERE = "http://127.0.0.1:9/"
EMPTY_LOOKS = 20
STORM_AFTER = timedelta(days=7)
ADD_ROUNDS = 7
ADDS = 20_000
EIGHT_HOURS_S = 8 * 3600

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen of one database, in seconds: the best of several looks, and the one storm."""

    none_s: float
    hundred_s: float
    storm_s: float


def take(sizes: Sizes, tell: Tell) -> Report:
    """Measure both databases, and adding eight working hours to a time."""
    seen: dict[str, Measured] = {}
    for backend in BACKENDS:
        folder = tempfile.TemporaryDirectory(prefix="it-liaison-sweep-")
        with folder as name, fresh_database(backend, Path(name)) as url:
            seen[backend] = _measure(url, backend, sizes, tell)
    return _report(seen, sizes)


def _measure(url: str, backend: str, sizes: Sizes, tell: Tell) -> Measured:
    storm, dial = _storm(sizes), Dial(START)
    store = open_furnished(url, CHANNELS, HOLDERS)
    tell(f"{backend}: storing {2 * sizes.tickets} clocks")
    store.load(make_backlog(sizes.tickets, storm, sizes.hundreds))
    desk = Desk(store.unit_of_work, store.unit_of_work, dial, make_detector(), SlackChat("xoxb-bench", NOWHERE))
    sweep = together(partial(look_at_clocks, desk), store.hands)  # as the ticker takes it
    none_s = min(_sweep_s(sweep) for _ in range(EMPTY_LOOKS))
    hundreds_s = []
    for minute in range(1, sizes.hundreds + 1):
        dial.at = START + timedelta(minutes=minute)
        hundreds_s.append(_sweep_s(sweep))
    dial.at = START + STORM_AFTER
    tell(f"{backend}: {2 * storm} clocks are due at once")
    storm_s = _sweep_s(sweep)
    _require_each_once(store, 2 * storm)
    store.close()
    return Measured(none_s, min(hundreds_s), storm_s)


def _storm(sizes: Sizes) -> int:
    """The tickets of the storm: four of five."""
    return sizes.tickets * 4 // 5


def _sweep_s(sweep: Step) -> float:
    began = time.perf_counter()
    while sweep():
        continue
    return time.perf_counter() - began


def _require_each_once(store: Store, breaches: int) -> None:
    """Raises Permanent unless every breach of the storm was noted, and once: else the figures are of nothing."""
    noted: Counter[tuple[int, str]] = Counter()
    with store.unit_of_work() as uow:
        for channel in CHANNELS:
            found = uow.log.happened(TEAM, channel.id, [What.BREACHED], START)
            noted.update((ticket.number, event.data["clock"]) for ticket, event in found)
    if len(noted) != breaches or set(noted.values()) != {1}:
        raise Permanent(f"Of {breaches} breaches {noted.total()} were noted, of {len(noted)} clocks.", "bench")


def _report(seen: dict[str, Measured], sizes: Sizes) -> Report:
    figures: dict[str, float] = {}
    rows: list[Sequence[str]] = []
    due = 2 * _storm(sizes)
    for backend, one in seen.items():
        figures[f"{backend}_none_due_ms"] = round(1000 * one.none_s, 2)
        figures[f"{backend}_100_due_ms"] = round(1000 * one.hundred_s, 1)
        figures[f"{backend}_storm_s"] = round(one.storm_s, 2)
        small = [f"{1000 * one.none_s:.2f}", f"{1000 * one.hundred_s:.1f}"]
        rows.append(
            [backend, str(2 * sizes.tickets), *small, str(due), f"{one.storm_s:.1f}", f"{due / one.storm_s:.0f}"]
        )
    figures["hours_add_us"] = round(_add_us(), 2)
    notes = (
        f"Adding 8 working hours, calendar warm: {figures['hours_add_us']} µs. Best of several, but the storm.\n{AIMS}"
    )
    return Report("sweep", figures, COLUMNS, rows, notes)


def _add_us() -> float:
    """Adding eight working hours to times all over a fortnight, in microseconds: the best of several rounds."""
    calendar = Calendar.office("Europe/Berlin")
    starts = [START + timedelta(minutes=number) for number in range(ADDS)]
    rounds = []
    for _ in range(ADD_ROUNDS):
        began = time.perf_counter()
        for start in starts:
            calendar.add(start, EIGHT_HOURS_S)
        rounds.append(time.perf_counter() - began)
    return 1e6 * min(rounds) / ADDS
