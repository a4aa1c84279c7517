"""Where Slack comes in: the real Bolt app, over Socket Mode or over HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.domain.errors import LiaisonError, Passing
from bot.platforms.handlers import Handlers
from bot.platforms.reception import Reception
from bot.platforms.slack.access import SlackAccess, is_local
from bot.platforms.slack.adapter import Identity, SlackChat
from bot.platforms.slack.errors import from_answer
from bot.platforms.slack.intake import Intake
from bot.platforms.slack.web import async_client, sdk_logger
from bot.ports import Now

PING_S = 3.0  # a dead connection is noticed after one and a half of these and replaced after another one
RETRY_S = 2.0
LONGEST_RETRY_S = 30.0

log = logging.getLogger(__name__)


class SlackEdge:
    """Takes everything Slack sends, stores it through `reception`, and only then acknowledges it.

    Nothing here depends on Slack's answers, so an event is stored even while our own calls fail. Lives in one
    event loop: make it, start it and stop it there.
    """

    def __init__(
        self, reception: Reception, chat: SlackChat, access: SlackAccess, handlers: Handlers, now: Now
    ) -> None:
        self._chat = chat
        self._access = access
        self._intake = Intake(reception, handlers, chat.open, now, access)
        self._app = _bolt_app(access)
        self._app.use(self._intake)
        self._app.error(_report)
        self._socket: AsyncSocketModeHandler | None = None

    async def start(self) -> None:
        """Learn who we are and connect; tries for as long as Slack cannot be reached, a line in the log each time.

        Raises Permanent for a token that Slack does not take. Over HTTP events are taken before this returns.
        """
        wait = RETRY_S
        while True:
            try:
                await self._connect()
            except Passing as error:
                delay = max(wait, error.retry_after)
                log.warning("Slack is not there yet (%s); next try in %.0f s", error.words, delay)
                await asyncio.sleep(delay)
                wait = min(wait * 2, LONGEST_RETRY_S)
            else:
                return

    async def stop(self) -> None:
        """Hang up and finish what has begun; doing it twice is harmless."""
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close_async()  # type: ignore[no-untyped-call]
        await self._intake.close()

    async def connected(self) -> bool:
        """Whether events can come in now (over HTTP: whether we know who we are)."""
        if self._socket is None:
            return bool(self._intake.us) and not self._access.app_token
        return await self._socket.client.is_connected()

    async def handle_http(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of the answer to a POST of Slack's; 401 where its signature is not right."""
        try:
            text = body.decode("utf-8")
            request = AsyncBoltRequest(body=text, headers=dict(headers))
        except ValueError:  # neither text nor a payload: nothing that Slack sends
            return 400, {}, ""
        answer: BoltResponse = await self._app.async_dispatch(request)
        return answer.status, answer.first_headers(), answer.body

    async def _connect(self) -> None:
        identity: Identity = await asyncio.to_thread(lambda: self._chat.identity)
        self._intake.us = identity.user
        if self._access.app_token:
            await self._listen(await self._socket_address())
        log.info("connected to the Slack workspace %s as %s", identity.name, identity.user)

    async def _socket_address(self) -> str:
        """A fresh address to connect to; this is also where a wrong app token shows."""
        try:
            answer = await async_client("", self._access.api_url).apps_connections_open(
                app_token=self._access.app_token
            )
        except SlackApiError as error:
            raise from_answer(error) from error
        except (ClientError, OSError, TimeoutError) as error:  # a lost answer is no OSError for aiohttp
            raise Passing("it cannot be reached") from error
        return str(answer["url"])

    async def _listen(self, address: str) -> None:
        self._socket = AsyncSocketModeHandler(
            self._app,
            self._access.app_token,
            logger=sdk_logger("socket"),
            web_client=async_client("", self._access.api_url),
            ping_interval=PING_S,
        )
        if is_local(self._access.api_url):
            self._socket.client.proxy = None
        self._socket.client.wss_uri = address
        await self._socket.connect_async()  # type: ignore[no-untyped-call]


def _bolt_app(access: SlackAccess) -> AsyncApp:
    async def authorize(**_: Any) -> AuthorizeResult:
        # Asking Slack here would make our acknowledgement depend on it, and lose what comes with a revoked token.
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=access.bot_token)

    return AsyncApp(
        name="it-liaison",
        logger=sdk_logger("bolt"),
        client=async_client("", access.api_url),
        signing_secret=access.signing_secret,
        authorize=authorize,
        ignoring_self_events_enabled=False,  # payloads.py does this, and knows more
        attaching_function_token_enabled=False,
    )


async def _report(error: Exception) -> None:
    words = error.words if isinstance(error, LiaisonError) else repr(error)
    log.error("not acknowledged: %s", words)
