"""The one middleware of the Bolt app: store what came, then acknowledge it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.errors import LiaisonError, Passing
from bot.messages import Came, Request
from bot.platforms.handlers import CANNOT_STORE, Handlers
from bot.platforms.reception import Reception
from bot.platforms.slack.access import SlackAccess
from bot.platforms.slack.payloads import read
from bot.ports import Now

Json = Mapping[str, Any]

log = logging.getLogger(__name__)


class Intake(AsyncMiddleware):
    """Answers Slack for every payload: 200 once it is stored (or is nothing for us), an error else.

    `open_view` opens a loading view for a trigger, in a thread, and gives its id. `now` is real time, as Slack's is.
    """

    def __init__(
        self,
        reception: Reception,
        handlers: Handlers,
        open_view: Callable[[str], str],
        now: Now,
        access: SlackAccess,
    ) -> None:
        self.us = ""
        self._reception = reception
        self._handlers = handlers
        self._open_view = open_view
        self._now = now
        self._pace, self._null_is_untouched = access.pace, access.null_is_untouched
        self._opening: set[asyncio.Task[None]] = set()

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse:
        """Take one payload; whatever fails here reaches Bolt, which then does not acknowledge."""
        request = read(req.body, self.us, self._now(), null_is_untouched=self._null_is_untouched)
        if request is None:
            return _done()
        request = replace(request, at=self._pace.product(request.at))
        wrong = self._handlers.check_form(request) if request.came is Came.FORM else {}
        if wrong:
            return _answered({"response_action": "errors", "errors": dict(wrong)})
        try:
            await self._take(request, str(req.body.get("trigger_id") or ""))
        except Passing:
            return _refused(request)
        return _answered({"response_action": "clear"}) if request.came is Came.FORM else _done()

    async def close(self) -> None:
        """Wait for the views that are being opened."""
        if self._opening:
            await asyncio.wait(self._opening)

    async def _take(self, request: Request, trigger: str) -> None:
        opens = bool(trigger) and self._handlers.opens_form(request)
        new = await self._reception.take(request, held=opens)
        if opens and new:
            task = asyncio.create_task(self._open(request, trigger))
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    async def _open(self, request: Request, trigger: str) -> None:
        """Without a view the stored request runs all the same, when its hold is over."""
        try:
            view = await asyncio.to_thread(self._open_view, trigger)
            await self._reception.release(request, view)
        except LiaisonError as error:
            log.warning("no form for %s: %s", request.key, error.words)


def _refused(request: Request) -> BoltResponse:
    """Nothing was stored. Slack sends events again; of the rest a person must know that nothing happened."""
    if request.came is Came.COMMAND:
        return _answered({"response_type": "ephemeral", "text": CANNOT_STORE})
    if request.came is Came.FORM and request.values:
        return _answered({"response_action": "errors", "errors": {next(iter(request.values)): CANNOT_STORE}})
    return BoltResponse(status=503, body="")


def _answered(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=body)


def _done() -> BoltResponse:
    return BoltResponse(status=200, body="")
