"""Where people wait for what their click or form brings: stored first, then answered when a worker has the answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.domain.errors import LiaisonError, StoreUnavailable
from bot.messages import Card, Form, Request, say
from bot.platforms.handlers import CANNOT_STORE, Handlers
from bot.platforms.reception import Reception
from bot.platforms.teams.activities import Heard
from bot.platforms.teams.adapter import TeamsChat
from bot.platforms.teams.finding import Search, nothing, results, wanted
from bot.platforms.teams.forms import NAME, closing_dialog, dialog, filled, form_card, waiting_card
from bot.platforms.teams.invokes import data_of, fetch, press, pressed_words, sent, shortcut
from bot.platforms.teams.kept import Answer, Kept
from bot.platforms.teams.replies import FETCH, Hatch
from bot.platforms.teams.spans import said
from bot.services.search import Found

Json = dict[str, Any]
Told = tuple[int, Json | None]

LOOK_S = 0.05
AFTER_S = 0.3  # an answer is left just after its request was settled
PRESS_S = 4.0
DIALOG_S = 8.0  # Teams gives up on an invoke after about ten seconds
MESSAGE = "application/vnd.microsoft.activity.message"
WORKING = "I'm on it: it takes a little longer than usual."
DONE = "Done."
TOO_OLD = "This form is not there any more. Please open it once more."


class Waiter:
    """Answers invokes. Whatever changes something is stored first. `search` finds what can be shared."""

    def __init__(self, chat: TeamsChat, kept: Kept, reception: Reception, handlers: Handlers) -> None:
        self._chat = chat
        self._kept = kept
        self._reception = reception
        self._handlers = handlers
        self.search: Search = _finds_nothing
        self._by_name: dict[str, Callable[[Heard], Awaitable[Told]]] = {
            "adaptiveCard/action": self._press,
            "task/fetch": self._fetch,
            "task/submit": self._submit,
            "composeExtension/fetchTask": self._shortcut,
            "composeExtension/query": self._find,
        }

    async def answer(self, heard: Heard) -> Told:
        """Status and body for an invoke; 501 for one we do not know."""
        take = self._by_name.get(heard.text("name"))
        return await take(heard) if take else (501, {"error": f"nothing here answers {heard.text('name')[:80]}"})

    async def _press(self, heard: Heard) -> Told:
        name, value = pressed_words(heard)
        request = await self._pressed(heard, name, value)
        try:
            await self._reception.take(request)
        except StoreUnavailable:
            return 200, _message(CANNOT_STORE)
        answer = await self._wait(request, _hatch(request), PRESS_S)
        if answer is None or answer.card is None:
            return 200, _message(DONE if await self._is_settled(request) else WORKING)
        words = await asyncio.to_thread(self._words, heard.workspace, answer.card)
        return 200, _message(words)

    async def _fetch(self, heard: Heard) -> Told:
        data = data_of(heard)
        if data.get("action") == FETCH:
            return 200, await self._dialog(heard, str(data.get("value") or ""))
        pressed = await self._pressed(heard, str(data.get("action") or ""), str(data.get("value") or ""))
        request = fetch(pressed)
        return 200, await self._stored(heard, request, request.view)

    async def _submit(self, heard: Heard) -> Told:
        data = data_of(heard)
        if waiting := str(data.get("waiting") or ""):
            return 200, await self._dialog(heard, waiting, may_come=True)
        view = str(data.get("view") or "")
        answer = await asyncio.to_thread(self._kept.collect, heard.workspace, view, heard.person)
        if answer is None or answer.form is None:
            return 200, await self._closing(heard, Card(text=say(TOO_OLD)))
        request = sent(heard, answer.form, view, data)
        wrong = self._handlers.check_form(request)
        if wrong:
            return 200, await self._form(heard, filled(answer.form, request.values), view, dict(wrong))
        return await self._sent(heard, request)

    async def _shortcut(self, heard: Heard) -> Told:
        told = heard.text("value", "messagePayload", "from", "user", "id")
        author = await asyncio.to_thread(self._chat.known_as, heard.workspace, heard.conversation, told)
        request = shortcut(heard, author)
        return 200, await self._stored(heard, request, _hatch(request))

    async def _find(self, heard: Heard) -> Told:
        """A search changes nothing, so nothing of it is stored."""

        def found() -> Json:
            try:
                told = self.search(heard.workspace, heard.person, wanted(heard))
            except LiaisonError as error:
                return nothing(error.words)
            return results(told, lambda: self._chat.ink(heard.workspace))

        return 200, await asyncio.to_thread(found)

    async def _stored(self, heard: Heard, request: Request, name: str) -> Json:
        """Store a request and show what is left under a name; what takes too long can be asked for again."""
        try:
            await self._reception.take(request)
        except StoreUnavailable:
            return await self._closing(heard, Card(text=say(CANNOT_STORE)))
        await self._wait(request, name, DIALOG_S, last=False)
        return await self._dialog(heard, name, may_come=True)

    async def _sent(self, heard: Heard, request: Request) -> Told:
        try:
            await self._reception.take(request)
        except StoreUnavailable:
            return 200, await self._closing(heard, Card(text=say(CANNOT_STORE)))
        answer = await self._wait(request, _hatch(request), PRESS_S)
        if answer is None or answer.card is None:
            return 200, None
        return 200, await self._closing(heard, answer.card)

    async def _pressed(self, heard: Heard, name: str, value: str) -> Request:
        message = heard.text("replyToId")
        origin = await asyncio.to_thread(self._kept.origin, heard.workspace, heard.conversation, message)
        return press(heard, origin, name, value)

    async def _wait(self, request: Request, name: str, limit_s: float, *, last: bool = True) -> Answer | None:
        """What is left under a name; None once the request is settled without it, or the time is over."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            answer = await asyncio.to_thread(self._kept.collect, request.workspace, name, request.actor)
            if answer is not None:
                return answer
            if end - time.monotonic() > AFTER_S and await self._is_settled(request):
                end = time.monotonic() + AFTER_S
            await asyncio.sleep(LOOK_S)
        return await asyncio.to_thread(self._kept.collect, request.workspace, name, request.actor, last=last)

    async def _is_settled(self, request: Request) -> bool:
        return await asyncio.to_thread(self._kept.awaited.is_settled, request.workspace, request.key)

    async def _dialog(self, heard: Heard, name: str, *, may_come: bool = False) -> Json:
        answer = await asyncio.to_thread(self._kept.collect, heard.workspace, name, heard.person)
        if answer is None:
            return dialog(NAME, waiting_card(name)) if may_come else await self._closing(heard, Card(text=say(TOO_OLD)))
        if answer.form is not None:
            return await self._form(heard, answer.form, name)
        return await self._closing(heard, answer.card or Card(text=say(DONE)))

    async def _form(self, heard: Heard, form: Form, view: str, wrong: dict[str, str] | None = None) -> Json:
        def drawn() -> Json:
            return dialog(form.title, form_card(form, view, self._chat.ink(heard.workspace), wrong))

        return await asyncio.to_thread(drawn)

    async def _closing(self, heard: Heard, card: Card) -> Json:
        def drawn() -> Json:
            return closing_dialog(card, self._chat.ink(heard.workspace), self._chat.opens_form)

        return await asyncio.to_thread(drawn)

    def _words(self, workspace: str, card: Card) -> str:
        return said((card.title, "\n" if card.title and card.text else "", *card.text), self._chat.ink(workspace))


def _finds_nothing(workspace: str, person: str, words: str) -> Sequence[Found]:
    return ()


def _hatch(request: Request) -> str:
    hatch = Hatch.read(request.reply_to)
    return hatch.name if hatch else ""


def _message(words: str) -> Json:
    """The answer to a button: words that Teams shows."""
    return {"statusCode": 200, "type": MESSAGE, "value": words}
