"""How fast `/itcheck new-tool NAME` is answered in a company with years behind it, on both databases."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bot.bench.database import BACKENDS, fresh_database, open_furnished
from bot.bench.envelopes import CHANNEL, LIAISON, MARKETER, TEAM
from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.detection.learned import make_detector
from bot.detection.lists import shipped_tools
from bot.detection.market import on_the_market
from bot.domain.catalogue import Tool, ToolStatus, topic
from bot.domain.money import Money
from bot.domain.people import Person, Role
from bot.domain.ticket import Intake, Place
from bot.domain.workspace import Channel
from bot.files import policy_text
from bot.messages import Came, Request
from bot.now import utc_now
from bot.ports import Said
from bot.services.desk import Desk
from bot.services.intake.intake import Wish, open_ticket
from handlers.routing import route
from storage.engine import make_engine
from storage.multiplied import multiply_tickets
from storage.store import Store

OPEN_EVERY = 50
WARM_UP = 20
SYLLABLES = (
    "ba be bo ca ce co da de di fa fi go ha hi ja ka ki la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si "
    "so ta te ti to va ve vi wa xi ya zo"
).split()
AIMS = "aim: p95 ≤ 300 ms on both, with 10,000 tools and 1,000,000 tickets"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Everybody:
    """A directory in which everybody is a member."""

    def person(self, workspace: str, person: str) -> Person:
        """Somebody."""
        return Person(person, person)

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """Nobody is asked for."""
        return ()

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """Nothing was said."""
        return None

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """Nothing was said."""
        return ()

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The channel."""
        return conversation


def take(sizes: Sizes, tell: Tell) -> Report:
    """Fill both databases and ask: names as they are, aliases, addresses, slips, tools of the market, nonsense."""
    source = random.Random(sizes.seed)
    tools = _catalogue(source, sizes.tools)
    asked = _asked(source, tools, sizes.checks)
    figures: dict[str, float] = {}
    rows = []
    for backend in BACKENDS:
        with tempfile.TemporaryDirectory(prefix="it-liaison-bench-") as name:
            taken = _measured(backend, Path(name), tools, asked, sizes, tell)
        shown = [_ms(taken, percent) for percent in (50, 95, 100)]
        figures |= {f"{backend}_p50_ms": shown[0], f"{backend}_p95_ms": shown[1], f"{backend}_max_ms": shown[2]}
        rows.append([backend, *(f"{value:.1f}" for value in shown)])
    about = f"{len(asked)} checks, {len(tools):,} tools, {sizes.history:,} tickets; {AIMS}"
    return Report("check", figures, ["database", "p50 ms", "p95", "slowest"], rows, notes=about)


def _measured(
    backend: str, folder: Path, tools: Sequence[Tool], asked: Sequence[str], sizes: Sizes, tell: Tell
) -> list[float]:
    channel = Channel(TEAM, CHANNEL, "marketing", listening=True, liaison=LIAISON, set_up_at=utc_now())
    with fresh_database(backend, folder) as url:
        store = open_furnished(url, [channel], {Role.LIAISON: [LIAISON], Role.ADMIN: [LIAISON]})
        tell(f"filling {backend}")
        with store.unit_of_work() as uow:
            uow.catalogue.save(TEAM, *tools)
            first = Wish(TEAM, "new_tool", tools[0].name, "U-first", Place(CHANNEL), utc_now(), Intake.COMMAND)
            open_ticket(uow, first)
        multiply_tickets(make_engine(url), TEAM, sizes.history // len(tools), OPEN_EVERY)
        tell(f"asking {backend}")
        desk = _desk(store)
        taken = [_time(desk, name) for name in [*asked[:WARM_UP], *asked]][WARM_UP:]
        store.close()
    return taken


def _desk(store: Store) -> Desk:
    policy = policy_text.read(policy_text.template())
    work = store.unit_of_work
    return Desk(work, work, utc_now, make_detector(), Everybody(), market=on_the_market, policy=policy)


def _time(desk: Desk, name: str) -> float:
    at = utc_now()
    asks = Request(TEAM, "bench", name, Came.COMMAND, MARKETER, at, "new-tool", name, conversation=CHANNEL)
    begin = time.perf_counter()
    route(desk, asks)
    return time.perf_counter() - begin


def _catalogue(source: random.Random, count: int) -> list[Tool]:
    """Made-up tools of the policy's categories, no two of one name."""
    categories = list(policy_text.read(policy_text.template()).categories)
    names: dict[str, str] = {}
    while len(names) < count:
        name = "".join(source.choices(SYLLABLES, k=source.randint(2, 4))).capitalize()
        names.setdefault(topic(name), name)
    today = utc_now().date()
    return [
        Tool(
            name,
            source.choice(categories),
            f"https://www.{key}.com",
            (f"{name} Suite",),
            source.choice(list(ToolStatus)),
            f"U{number % 200}",
            yearly=Money(Decimal(source.randrange(100, 90_000)), "EUR"),
            renews_on=today + timedelta(days=source.randrange(700)),
            notice_days=60,
        )
        for number, (key, name) in enumerate(names.items())
    ]


def _asked(source: random.Random, tools: Sequence[Tool], count: int) -> list[str]:
    ways: tuple[Callable[[], str], ...] = (
        lambda: source.choice(tools).name,
        lambda: source.choice(tools).aliases[0],
        lambda: source.choice(tools).website + "/pricing",
        lambda: _slip(source, source.choice(tools).name),
        lambda: f"{source.choice(tools).name} for our newsletter",
        lambda: source.choice(shipped_tools()).tool.name,
        lambda: "".join(source.choices(SYLLABLES, k=5)),
    )
    return [ways[number % len(ways)]() for number in range(count)]


def _slip(source: random.Random, name: str) -> str:
    """Two neighbours in each other's place."""
    at = source.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _ms(seconds: Sequence[float], percent: int) -> float:
    ranked = sorted(seconds)
    return round(1000 * ranked[max(0, -(-len(ranked) * percent // 100) - 1)], 2)
