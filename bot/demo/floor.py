"""The floor on which the demo plays: what people do goes through the inbox, what is due through the jobs, what is said
through the outbox, as with any chat; only the clock is set by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar

from bot.bench.dial import Dial
from bot.demo.cast import WORKSPACE
from bot.demo.paper import Paper
from bot.domain.errors import LiaisonError, Permanent
from bot.messages import Came, Card, Form, MessageRef, Reply, Request
from bot.ports import UnitOfWork, UnitOfWorkFactory
from bot.schedule import JOBS
from bot.services.delivery import Sender
from bot.services.desk import Desk
from bot.services.handling import Counter
from bot.services.sealing import sealing
from handlers.routing import check_form, opens_form, route
from storage.store import Store

DeskWith = Callable[[UnitOfWorkFactory], Desk]
Found = TypeVar("Found")

OFTEN_S = 30


class Floor:
    """`refused`: what somebody did that was refused, with the words; in a good play there is nothing in it."""

    def __init__(self, store: Store, clock: Dial, paper: Paper, desk_with: DeskWith) -> None:
        self.store, self.clock, self.paper = store, clock, paper
        self.refused: list[str] = []
        self._desk_with = desk_with
        self._desk = desk_with(store.unit_of_work)
        self._counter = Counter(store.inbox, desk_with, self._route, paper, paper, paper, clock)
        self._sender = Sender(store.outbox, paper, clock)
        self._numbers = count(1)

    def says(self, person: str, conversation: str, text: str, thread: str = "") -> MessageRef:
        """Write in a channel, or in a thread of it."""
        ref = self.paper.write(person, conversation, text, thread)
        self._do(Came.MESSAGE, person, text=text, conversation=conversation, message=ref.message, thread=thread)
        return ref

    def types(self, person: str, conversation: str, words: str) -> Card:
        """Type `/itcheck …`; what only they are shown."""
        name, _, rest = words.partition(" ")
        self._do(Came.COMMAND, person, name=name, text=rest, conversation=conversation)
        return self.paper.whispered.get(person, Card())

    def presses(self, person: str, action: str, value: str, conversation: str) -> None:
        """Press a button."""
        self._do(Came.ACTION, person, name=action, value=value, conversation=conversation)

    def fills(self, person: str, action: str, value: str, conversation: str, **answers: str) -> None:
        """Press a button that opens a form, fill it in (what stands in it stays) and send it."""
        opened = self._do(Came.ACTION, person, name=action, value=value, conversation=conversation)
        self._submit(person, opened, answers)

    def types_and_fills(self, person: str, conversation: str, words: str, **answers: str) -> None:
        """Type `/itcheck …`, which opens a form, fill it in and send it."""
        name, _, rest = words.partition(" ")
        opened = self._do(Came.COMMAND, person, name=name, text=rest, conversation=conversation)
        self._submit(person, opened, answers)

    def look(self, *, briefly: bool = False) -> None:
        """Do what is due by now; `briefly`: only what is looked at more than once a minute."""
        for job in JOBS:
            while (not briefly or job.every_s <= OFTEN_S) and job.step(self._desk):
                continue
        self._send()

    def read(self, ask: Callable[[UnitOfWork], Found]) -> Found:
        """Look something up, as people see it in front of them."""
        with self.store.unit_of_work() as uow:
            return ask(uow)

    def _submit(self, person: str, opened: Request, answers: Mapping[str, str]) -> None:
        form = self.paper.forms.pop(opened.view, None)
        if not isinstance(form, Form):
            self.refused.append(f"{opened.name}: {form.text if form else 'no form'}")
            return
        values = {one.key: one.value for one in form.fields if one.value} | dict(answers)
        self._do(Came.FORM, person, name=form.name, values=values, context=form.context)

    def _do(self, came: Came, person: str, **given: Any) -> Request:
        number = next(self._numbers)
        is_direct = came is not Came.FORM and given.get("conversation", "").startswith("D")
        request = Request(
            WORKSPACE, "slack", f"demo-{number}", came, person, self.clock(), is_direct=is_direct, **given
        )
        faults = check_form(request) if came is Came.FORM else {}
        if faults:
            raise Permanent(f"The form {request.name} of the demo is filled wrongly: {dict(faults)}", "demo")
        if opens_form(request):
            request = replace(request, view=f"V{number}")
        sealer = self._desk.sealer
        self.store.inbox.put([sealing(sealer, request) if sealer else request], self.clock())
        self._counter.step()
        self._send()
        return request

    def _send(self) -> None:
        while self._sender.step():
            continue

    def _route(self, desk: Desk, request: Request) -> Reply:
        try:
            return route(desk, request)
        except LiaisonError as error:
            self.refused.append(f"{request.came} {request.name} {request.text}: {error.words}")
            raise
