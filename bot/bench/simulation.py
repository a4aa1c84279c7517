"""A stretch of time played by several processes' worth of jobs and senders on one database.

Imported late, for it needs the tests' folder.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from bot.bench.dial import Dial
from bot.bench.found import Due, Found, compare
from bot.bench.tales import PLACES, Span, make_moments, make_tales
from bot.bench.walker import Place, Tale, agendas_due, notices_due
from bot.bench.wall import Wall
from bot.detection.learned import make_detector
from bot.domain.agreed import Agreed
from bot.domain.errors import LiaisonError
from bot.domain.people import Person, Role
from bot.domain.sla import Priority
from bot.domain.ticket import Intake, State, Ticket
from bot.domain.ticket import Place as Spot
from bot.domain.workspace import Channel
from bot.ports import Detector
from bot.schedule import JOBS
from bot.scheduler import Step
from bot.services.channels import furnish
from bot.services.delivery import Sender
from bot.services.desk import Desk
from bot.services.notifications import first_card
from bot.services.sla.sla import save_clocks, start_clocks
from bot.services.tickets.tickets import answer, resolve
from storage.engine import make_engine
from storage.store import Store
from tests.support.faults import Faults, Killed

PROCESSES = 4
AT_ONCE = 2
A_WHILE = timedelta(days=1)  # nothing runs for longer: an outage
BAD = 0.03  # of all calls to the chat, for each way of going wrong

Tell = Callable[[str], None]


def simulate(url: str, span: Span, seed: int, rate: float, tell: Tell) -> Found:
    """Play the span on an empty PostgreSQL database with our tables, and compare what was said with what had to be.

    `rate`: the share of all database calls that go wrong.
    """
    source = random.Random(seed)
    moments = make_moments(span, source)
    tales = list(make_tales(span, moments, source))
    world = World(url, span.start, seed, rate)
    acts = _acts(tales, len(moments))
    for number, now in enumerate(moments):
        world.live(now)
        for act, tale in acts[number]:
            act(world, tale)
        if moments[number + 1 : number + 2] and moments[number + 1] - now > A_WHILE:
            world.drain()  # an outage does not begin in the same second in which a message was refused
        if number % 200 == 0:
            tell(f"{now:%Y-%m-%d}, {world.faults['kill']} kills")
    world.drain()
    world.close()
    due: list[Due] = [one for place in PLACES for one in agendas_due(place, moments)]
    due += [one for tale in tales for one in notices_due(tale, moments)]
    return compare(due, world.wall.taken, world.faults, len(moments), len(tales))


class World:
    """Four processes that are killed and started again, the chat, and the people, at one and the same time of day."""

    def __init__(self, url: str, start: datetime, seed: int, rate: float) -> None:
        self.faults: Counter[str] = Counter()
        self.dial = Dial(start)
        self.wall = Wall(random.Random(seed), BAD)
        self._source = random.Random(seed)
        detector = make_detector()
        self._processes = [
            Process(url, self.dial, self.wall, detector, (random.Random(seed + number), rate, self.faults))
            for number in range(1, PROCESSES + 1)
        ]
        self._calm = Process(url, self.dial, self.wall, detector, (random.Random(seed), 0.0, self.faults))
        self._pool = ThreadPoolExecutor(PROCESSES)
        with self._calm.store.unit_of_work() as uow:
            for place in PLACES:
                furnish(uow, channel_at(place, start), _holders(place.workspace))

    def live(self, now: datetime) -> None:
        """A moment passes: some processes look at once, and one that was not killed comes after them."""
        self.dial.at = now
        list(self._pool.map(Process.live, self._source.sample(self._processes, AT_ONCE)))
        self._calm.live()

    def open(self, tale: Tale) -> None:
        """Somebody asks."""
        channel = channel_at(tale.place, self.dial.at)
        ticket = Ticket(
            workspace=tale.place.workspace,
            kind="new_tool",
            title=f"Tool {tale.number}",
            requester="U-marketer",
            place=Spot(channel.id),
            opened_at=self.dial.at,
            intake=Intake.COMMAND,
            priority=Priority(tale.priority),
            state=State.ASSIGNED,
            liaison=channel.liaison,
        )
        ticket.open()
        clocks = start_clocks(ticket, Agreed(channel.id, channel.zone))
        with self._calm.store.unit_of_work() as uow:
            uow.tickets.add(ticket)
            save_clocks(uow, ticket, clocks, channel)
            uow.outbox.put([first_card(ticket, clocks, channel)])

    def answer(self, tale: Tale) -> None:
        """IT answers in the thread."""
        answer(self._calm.desk, _liaison(tale.place), tale.place.workspace, f"IT-{tale.number}", "Fine.", "1")

    def resolve(self, tale: Tale) -> None:
        """IT closes it."""
        resolve(self._calm.desk, _liaison(tale.place), tale.place.workspace, f"IT-{tale.number}", "Settled.")

    def drain(self) -> None:
        """What the chat did not take at once is tried again, within the quarter of an hour."""
        for minutes in (1, 2, 4, 7):
            self.dial.at += timedelta(minutes=minutes)
            self._calm.send()

    def close(self) -> None:
        """End all processes."""
        self._pool.shutdown()
        for process in (*self._processes, self._calm):
            process.store.close()


class Process:
    """What one process does: all jobs, and the outbox. Its faults: their source, their rate, where they are counted."""

    def __init__(
        self, url: str, dial: Dial, wall: Wall, detector: Detector, faults: tuple[random.Random, float, Counter[str]]
    ) -> None:
        self._url, self._dial, self._wall, self._detector, self._faults = url, dial, wall, detector, faults
        self._start()

    def live(self) -> None:
        """Look at everything once; whoever is killed in it is started again."""
        try:
            for job in JOBS:
                self._take(partial(job.step, self.desk))
            self.send()
        except Killed:
            self.store.close()
            self._start()

    def send(self) -> None:
        """Send what there is to send."""
        self._take(self._sender.step)

    def _start(self) -> None:
        engine = make_engine(self._url)
        Faults(engine, *self._faults)
        self.store = Store(engine, self._dial)
        unit_of_work = self.store.unit_of_work
        self.desk = Desk(unit_of_work, unit_of_work, self._dial, self._detector, self._wall)
        self._sender = Sender(self.store.outbox, self._wall, self._dial)

    def _take(self, step: Step) -> None:
        try:
            while step():
                continue
        except LiaisonError:  # as the ticker does: what failed is taken up again at the next look
            self._faults[2].update(["step failed"])


def channel_at(place: Place, at: datetime) -> Channel:
    """The channel of a place, set up at a time."""
    return Channel(
        place.workspace,
        place.id,
        place.id,
        listening=True,
        liaison=_liaison(place).id,
        zone=place.zone,
        sync_weekday=place.weekday,
        sync_hour=place.hour,
        set_up_at=at,
    )


def _liaison(place: Place) -> Person:
    return Person(f"U-{place.id}", f"Liaison of {place.id}")


def _holders(workspace: str) -> dict[Role, list[str]]:
    liaisons = [_liaison(place).id for place in PLACES if place.workspace == workspace]
    return {Role.LIAISON: liaisons, Role.IT_MANAGER: ["U-manager"], Role.CIO: ["U-cio"], Role.ADMIN: ["U-admin"]}


def _acts(tales: Sequence[Tale], moments: int) -> list[list[tuple[Callable[[World, Tale], None], Tale]]]:
    """What people do at each moment."""
    acts: list[list[tuple[Callable[[World, Tale], None], Tale]]] = [[] for _ in range(moments)]
    for tale in tales:
        for at, act in ((tale.opened, World.open), (tale.answered, World.answer), (tale.resolved, World.resolve)):
            if at is not None:
                acts[at].append((act, tale))
    return acts
