"""How many events a second are durably acknowledged, how fast, and how soon the card is there.

The real bot on SQLite and on PostgreSQL, and beside it a Bolt app that only acknowledges, all in one run.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.bench.database import BACKENDS, fresh_database, open_furnished
from bot.bench.envelopes import CHANNEL, LIAISON, MARKETER, TEAM
from bot.bench.program import HOST, Program, free_port, wait_until
from bot.bench.report import Report
from bot.bench.settings import bot_settings, get
from bot.bench.sizes import Sizes
from bot.domain.people import Role
from bot.domain.workspace import Channel
from bot.now import utc_now

READY_S = 30.0
DRAINED_S = 120.0
SETTLES_S = 3.0
TICKETS_PERCENT = 5
STEADY_PER_S = 100.0
CALM_PER_S = 4.0
AIMS = "aims: half of the bare app or more, p99 ≤ 100 ms at 100/s, no ack over 3 s, idle ≤ 150 MB"

Tell = Callable[[str], None]


@dataclass(slots=True)
class Measured:
    """What was seen of one program; seconds, and events a second."""

    per_s: list[float] = field(default_factory=list)
    steady_s: list[float] = field(default_factory=list)
    burst_max_s: float = 0.0
    cards_s: list[float] = field(default_factory=list)
    idle_mb: float = 0.0


class Server:
    """The stand-in as the bench drives it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.api_url = f"http://{HOST}:{self.port}/api/"
        self.program = Program("stand-in", folder, ["bot.bench.stand_in", str(self.port)], {})

    def environment(self) -> dict[str, str]:
        """The settings that lead a bot here, and a port for itself."""
        return {
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_APP_TOKEN": "xapp-bench",
            "SLACK_SIGNING_SECRET": "bench",
            "SLACK_API_URL": self.api_url,
            "PORT": str(free_port()),
        }

    def is_connected(self) -> bool:
        """Whether a bot is connected."""
        return get(f"http://{HOST}:{self.port}/bench/connected") == "true"

    def play(self, count: int, *, tickets: int = 0, per_s: float = 0.0, cards: bool = False) -> dict[str, Any]:
        """See stand_in.play."""
        order = {"count": count, "tickets": tickets, "per_s": per_s, "cards": cards}
        body = get(f"http://{HOST}:{self.port}/bench/play", json.dumps(order).encode())
        return dict(json.loads(body))


def take(sizes: Sizes, tell: Tell) -> Report:
    """Measure the bot on each database and the bare app."""
    seen: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory(prefix="it-liaison-bench-") as name:
        tell("a bare Bolt app")
        seen["bare_bolt"] = _bare(Path(name), sizes)
        for backend in BACKENDS:
            with _running_bot(backend, Path(name)) as (server, bot, drained):
                tell(f"the bot on {backend}")
                seen[backend] = _bot(server, bot, drained, sizes)
    return _report(seen)


def _bare(folder: Path, sizes: Sizes) -> Measured:
    server = Server(folder)
    bare = Program("bare", folder, ["bot.platforms.slack.bare", server.api_url], {})
    with server.program:
        _wait_for(server)
        with bare:
            wait_until(server.is_connected, READY_S, "the bare app is connected")
            server.play(100)
            measured = Measured()
            _burst(server, sizes, measured, lambda: None)
            measured.steady_s = server.play(int(STEADY_PER_S * sizes.steady_s), per_s=STEADY_PER_S)["acks_s"]
    return measured


@contextmanager
def _running_bot(backend: str, folder: Path) -> Iterator[tuple[Server, Program, Callable[[], None]]]:
    home = folder / backend
    home.mkdir()
    server = Server(home)
    channel = Channel(TEAM, CHANNEL, "marketing", listening=True, liaison=LIAISON, set_up_at=utc_now())
    with fresh_database(backend, home) as url, server.program:
        store = open_furnished(url, [channel], {Role.LIAISON: [LIAISON], Role.ADMIN: [MARKETER]})
        _wait_for(server)
        bot = Program("bot", home, ["bot", "run"], bot_settings(server.environment(), url, home))

        def drained() -> None:
            wait_until(lambda: (left := store.check()).inbox + left.outbox == 0, DRAINED_S, "all is handled")

        with bot:
            wait_until(server.is_connected, READY_S, "the bot is connected")
            yield server, bot, drained
        store.close()


def _bot(server: Server, bot: Program, drained: Callable[[], None], sizes: Sizes) -> Measured:
    measured = Measured()
    time.sleep(SETTLES_S)
    measured.idle_mb = bot.resident_mb()
    server.play(100, tickets=TICKETS_PERCENT, per_s=STEADY_PER_S, cards=True)
    drained()
    measured.cards_s = server.play(sizes.cards, tickets=100, per_s=CALM_PER_S, cards=True)["cards_s"]
    steady = server.play(int(STEADY_PER_S * sizes.steady_s), tickets=TICKETS_PERCENT, per_s=STEADY_PER_S)
    measured.steady_s = steady["acks_s"]
    _burst(server, sizes, measured, drained)
    return measured


def _burst(server: Server, sizes: Sizes, measured: Measured, drained: Callable[[], None]) -> None:
    for _ in range(sizes.bursts):
        drained()
        seen = server.play(sizes.burst, tickets=TICKETS_PERCENT)
        measured.per_s.append(sizes.burst / seen["whole_s"])
        measured.burst_max_s = max(measured.burst_max_s, *seen["acks_s"])


def _report(seen: dict[str, Measured]) -> Report:
    bots = [seen[backend] for backend in BACKENDS]
    figures = {f"{name}_per_s": round(statistics.median(one.per_s), 1) for name, one in seen.items()}
    for percent in (50, 95, 99):
        figures[f"ack_p{percent}_ms"] = max(_ms(one.steady_s, percent) for one in bots)
    figures["burst_max_ms"] = round(1000 * max(one.burst_max_s for one in bots), 1)
    for percent in (50, 95):
        figures[f"card_p{percent}_ms"] = max(_ms(one.cards_s, percent) for one in bots)
    figures["idle_mb"] = round(seen["sqlite"].idle_mb, 1)
    columns = ["program", "events/s", "ack p50 ms", "p95", "p99", "slowest in burst", "card p50 ms", "p95", "idle MB"]
    return Report("ingest", figures, columns, [_row(name, one) for name, one in seen.items()], notes=AIMS)


def _row(name: str, one: Measured) -> Sequence[str]:
    acks = [f"{_ms(one.steady_s, percent):.1f}" for percent in (50, 95, 99)]
    cards = [f"{_ms(one.cards_s, percent):.0f}" if one.cards_s else "–" for percent in (50, 95)]
    idle = f"{one.idle_mb:.0f}" if one.idle_mb else "–"
    return [name, f"{statistics.median(one.per_s):.0f}", *acks, f"{one.burst_max_s * 1000:.0f}", *cards, idle]


def _ms(seconds: Sequence[float], percent: int) -> float:
    """A percentile (the value at or below which that share lies), in milliseconds."""
    ranked = sorted(seconds)
    return round(1000 * ranked[max(0, -(-len(ranked) * percent // 100) - 1)], 2)


def _wait_for(server: Server) -> None:
    def answers() -> bool:
        try:
            return not server.is_connected()
        except OSError:
            return False

    wait_until(answers, READY_S, "the stand-in for Slack answers")
