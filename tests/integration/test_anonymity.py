"""A question asked anonymously: with database and logs nobody can tell who asked, once it is closed nobody at all.

Of SQLite every byte on the disk is looked at, of PostgreSQL a dump of every table, after each thing that is done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest

from bot.domain.errors import Permanent
from bot.messages import Address, Came, Card, Form, Request
from bot.platforms.disguise import Disguise
from bot.platforms.switchboard import Chat, Switchboard
from bot.secrets import SecretKey
from bot.services.delivery import Sender
from bot.services.desk import Desk
from bot.services.handling import Counter
from handlers.routing import opens_form, route
from storage.engine import make_engine
from storage.store import Store
from tests.builders import HOLDERS, LIAISON, MARKETER, MARKETING, TEAM, Office, a_channel, a_new_office
from tests.support.postgres import dump_of

ASKED, SAID, REPLIED = "How do I report my boss?", "Since when does this go on?", "For half a year."
KEY = SecretKey(b"k" * 32).of("anonymous askers")


class World:
    """The bot on a database file; everything that people do goes through the disguise first."""

    def __init__(self, url: str, held: Callable[[], bytes]) -> None:
        self.office: Office = a_new_office()
        self.held = held
        self.now = self.office.clock
        self.store = Store(make_engine(url), self.now)
        self.store.migrate()
        self.disguise = Disguise(KEY, self.store.unit_of_work, self.now)
        self.chat = Switchboard(cast(Chat, self.office.chat), {}, self.disguise.reveal)
        self.ids = count(1)
        with self.store.unit_of_work() as uow:
            uow.workspaces.save_channel(a_channel())
            for role, people in HOLDERS.items():
                uow.workspaces.give(TEAM, role, tuple(one for one in people if one != MARKETER))

    def does(self, came: Came, person: str, **given: Any) -> Request:
        """Do something, and wait until all that follows has happened."""
        made = Request(TEAM, "slack", f"k{next(self.ids)}", came, person, self.now())
        request = self.disguise.hide(replace(made, **given))
        if opens_form(request):
            request = replace(request, view=f"V-{request.key}")
        self.store.inbox.put([request], self.now())
        self.note()
        desk = lambda work: Desk(work, self.store.unit_of_work, self.now, self.office.detector, self.chat)  # noqa: E731
        counter = Counter(self.store.inbox, desk, route, self.chat, self.chat, self.chat, self.now)
        sender = Sender(self.store.outbox, self.chat, self.now)
        for _ in range(50):
            if not counter.step() and not sender.step():
                break
        self.note()
        return request

    def note(self) -> None:
        """Nothing that is kept tells who asked."""
        assert not self.keeps(MARKETER.encode())
        assert not self.keeps(self.office.chat.direct(MARKETER).encode())

    def keeps(self, wanted: bytes) -> bool:
        """Whether something is kept, as it is or as a dump writes bytes."""
        held = self.held()
        return wanted in held or wanted.hex().encode() in held

    def direct(self) -> list[str]:
        """What the asker was written directly."""
        return self.office.direct(MARKETER)


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    if request.param == "sqlite":
        made = World(f"sqlite:///{tmp_path / 'liaison.db'}", partial(files_of, tmp_path))
    else:
        url = request.getfixturevalue("postgres").create_database()
        made = World(url, partial(dump_of, url))
    yield made
    made.store.close()


def files_of(folder: Path) -> bytes:
    """The whole file, its log, what was deleted too."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_it_answers_and_asks_back_and_nobody_can_tell_who_asked(
    world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = world.does(Came.COMMAND, MARKETER, name="ask", text=f"--anonymous {ASKED}", conversation=MARKETING)
    assert world.office.whispers(MARKETER)[0].startswith("IT-1 is open")
    assert "Asked by\nsomebody who asked anonymously" in "\n".join(world.office.channel())

    world.does(Came.FORM, LIAISON, name="answer", values={"text": SAID}, context={"ticket": "IT-1"})
    assert world.direct()[-1].startswith(f"IT on your question IT-1: {SAID}")
    pressed = world.does(Came.ACTION, MARKETER, name="anonymous_reply", value="IT-1", conversation="D1", is_direct=True)
    assert isinstance(world.office.chat.forms[pressed.view], Form)
    filled: dict[str, Any] = {"name": "anonymous_reply", "values": {"text": REPLIED}, "context": {"ticket": "IT-1"}}
    world.does(Came.FORM, MARKETER, **filled)
    assert any(f"somebody who asked anonymously replies: {REPLIED}" in line for line in world.office.channel())
    world.does(Came.FORM, "engineer", **filled)
    assert sum(REPLIED in line for line in world.office.channel()) == 1

    assert world.disguise.reveal(TEAM, asked.actor) == MARKETER  # until it is closed, with the key
    world.does(Came.FORM, LIAISON, name="resolve", values={"text": "told"}, context={"ticket": "IT-1"})
    with pytest.raises(Permanent):
        world.disguise.reveal(TEAM, asked.actor)
    with pytest.raises(Permanent):
        world.chat.post(TEAM, Address(person=asked.actor), Card(text=(SAID,)), "late")
    said = caplog.text + "".join(capsys.readouterr())
    assert MARKETER not in said


def test_after_it_is_closed_the_key_of_the_question_is_nowhere_on_the_disk(world: World) -> None:
    asked = world.does(Came.COMMAND, MARKETER, name="ask", text=f"--anonymous {ASKED}", conversation=MARKETING)
    with world.store.unit_of_work() as uow:
        seal = uow.seals.get(TEAM, asked.actor)
    assert seal
    world.does(Came.FORM, LIAISON, name="resolve", values={"text": "told"}, context={"ticket": "IT-1"})
    world.store.close()
    assert not world.keeps(seal.ticket_key)
    assert not world.keeps(seal.sealed)
    assert world.keeps(asked.actor.encode())  # the ticket still says that somebody asked


def test_the_look_at_what_is_kept_would_notice_who_asked(world: World) -> None:
    with pytest.raises(AssertionError):
        world.does(Came.COMMAND, MARKETER, name="ask", text=ASKED, conversation=MARKETING)
