"""A question asked anonymously: with database and logs nobody can tell who asked, once it is closed nobody at all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
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

ASKED, SAID, REPLIED = "How do I report my boss?", "Since when does this go on?", "For half a year."
KEY = SecretKey(b"k" * 32).of("anonymous askers")


class World:
    """The bot on a database file; everything that people do goes through the disguise first."""

    def __init__(self, folder: Path) -> None:
        self.office: Office = a_new_office()
        self.folder = folder
        self.now = self.office.clock
        self.store = Store(make_engine(f"sqlite:///{folder / 'liaison.db'}"), self.now)
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
        """Nothing that is on the disk tells who asked: the whole file, its log, what was deleted too."""
        held = b"".join(path.read_bytes() for path in sorted(self.folder.iterdir()))
        assert MARKETER.encode() not in held
        assert self.office.chat.direct(MARKETER).encode() not in held

    def direct(self) -> list[str]:
        """What the asker was written directly."""
        return self.office.direct(MARKETER)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.store.close()


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
    held = b"".join(path.read_bytes() for path in sorted(world.folder.iterdir()))
    assert seal.ticket_key not in held
    assert seal.sealed not in held


def test_the_look_at_the_disk_would_notice_who_asked(world: World) -> None:
    with pytest.raises(AssertionError):
        world.does(Came.COMMAND, MARKETER, name="ask", text=ASKED, conversation=MARKETING)
