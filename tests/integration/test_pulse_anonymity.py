"""Nobody's answer to the pulse can be told: not from the database, the inbox, the log, nor from what was posted.

Two worlds are played that differ in nothing but who gave which answer. Whatever is kept must be the same in both.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.people import Person
from bot.domain.roadmap_edition import Draft
from bot.messages import Came, Request
from bot.platforms.reception import Reception
from bot.ports import UnitOfWorkFactory
from bot.secrets import Sealing, SecretKey
from bot.services.desk import Desk
from bot.services.handling import Counter
from bot.services.pulse.pulse import ask_pulse
from bot.services.sealing import sealing
from handlers.routing import route
from storage.engine import make_engine
from storage.store import Store
from tests.builders import MARKETING, TEAM, HandClock, ScriptedDetector, a_channel
from tests.support.memory_chat import MemoryChat
from tests.support.roadmaps import FULL_MAP

ASKED = datetime(2026, 12, 15, 9, tzinfo=UTC)
PEOPLE = tuple(f"person-{number}" for number in range(7))
SCORES = (1, 5, 4, 2, 3, 5, 5)
LINES = ("we should talk", "all fine here", "too slow")


class World:
    """A workspace whose people answer; `scores` and `lines` in the order of the people."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock(ASKED)
        self.file = folder / "liaison.db"
        self.store = Store(make_engine(f"sqlite:///{self.file}"), self.clock)
        self.store.migrate()
        self.seals = Sealing(SecretKey(b"k" * 32), "pulse")
        people = {one: Person(one, one) for one in PEOPLE}
        self.chat = MemoryChat(people=people, rooms={MARKETING: PEOPLE}, names={MARKETING: "marketing"}, now=ASKED)
        self.stored: list[str] = []

    def play(self, scores: tuple[int, ...], lines: tuple[str, ...]) -> list[object]:
        """Everybody clicks, some add a line; what the log says of it."""
        with self.store.unit_of_work() as uow:
            uow.workspaces.save_channel(a_channel())
            uow.roadmap_drafts.save(TEAM, Draft(FULL_MAP))
        with capture_logs() as logs:
            ask_pulse(self._desk(self.store.unit_of_work))
            asyncio.run(self._answer(scores, lines))
        return list(logs)

    def dump(self) -> list[str]:
        """Every row of every table, in the order in which the database keeps them."""
        with closing(sqlite3.connect(self.file)) as file:
            tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            return [f"{name}: {row}" for (name,) in tables for row in file.execute(f'SELECT * FROM "{name}"')]

    def told(self) -> list[object]:
        """What was shown to whom."""
        return [(said.card, said.only_for) for said in self.chat.said]

    async def _answer(self, scores: tuple[int, ...], lines: tuple[str, ...]) -> None:
        """All answers come in over the edge and are handled in their order."""
        reception = Reception(self.store.inbox, self.clock, seal=partial(sealing, self.seals))
        for number, (person, score) in enumerate(zip(PEOPLE, scores, strict=True)):
            click = Request(TEAM, "slack", f"click{number}", Came.ACTION, person, ASKED, "pulse")
            await reception.take(replace(click, value=f"2026-12:{score}"))
        for number, (person, line) in enumerate(zip(PEOPLE, lines, strict=False)):
            sent = Request(TEAM, "slack", f"line{number}", Came.FORM, person, ASKED, "pulse_line")
            await reception.take(replace(sent, values={"line": line}, context={"month": "2026-12"}))
        self.stored = [row for row in self.dump() if row.startswith("inbox")]
        await reception.close()
        counter = Counter(self.store.inbox, self._desk, route, self.chat, self.chat, self.chat, self.clock)
        while counter.step():
            pass

    def _desk(self, unit_of_work: UnitOfWorkFactory) -> Desk:
        desk = Desk(unit_of_work, self.store.unit_of_work, self.clock, ScriptedDetector(), self.chat)
        return replace(desk, sealer=self.seals)


@pytest.fixture
def worlds(tmp_path: Path) -> tuple[World, World]:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    return World(tmp_path / "one"), World(tmp_path / "other")


def test_who_gave_which_answer_leaves_no_trace_anywhere(worlds: tuple[World, World]) -> None:
    one, other = worlds
    logs = one.play(SCORES, LINES), other.play(tuple(reversed(SCORES)), (LINES[2], LINES[0], LINES[1]))
    assert logs[0] == logs[1]
    assert one.dump() == other.dump()
    assert one.told() == other.told()
    (tally,) = [row for row in one.dump() if "ballots" in row and "[1,1,1,1,3]" in row]
    assert not any(person in tally for person in PEOPLE)
    assert all(line in tally for line in LINES)


def test_while_an_answer_waits_nobody_reads_it(worlds: tuple[World, World]) -> None:
    world = worlds[0]
    world.play(SCORES, LINES)
    assert len(world.stored) == len(SCORES) + len(LINES)
    assert not any(line in row for row in world.stored for line in LINES)
    assert not any(f"2026-12:{score}" in row for row in world.stored for score in SCORES)
    assert len({len(row.partition("sealed")[2].split(chr(34))[2]) for row in world.stored}) == 1
