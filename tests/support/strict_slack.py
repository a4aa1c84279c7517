"""A strict Slack for tests: it stands between the bot and local-slack and adds what that server leaves out.

Tokens, scopes, Block Kit's limits, trigger age, membership, metadata, history's pages, ephemeral messages,
response URLs; and the bad days: 429, 500, lost answers, cut connections, repeated deliveries, darkness.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterable
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tests.support.local_slack import LocalSlack, free_port
from tests.support.strict_exchange import Exchange
from tests.support.strict_inject import command_payload, event_payload, join_event, shortcut_payload
from tests.support.strict_rules import DEFAULT_SCOPES
from tests.support.strict_state import COMMANDS, EVENTS, INTERACTIVE, Call, Delivery, Faults, State, Violation
from tests.support.workspace import wait_for

Json = dict[str, Any]
T = TypeVar("T")

__all__ = ["DEFAULT_SCOPES", "Call", "Delivery", "Faults", "StrictSlack", "Violation"]

PATIENCE_S = 15.0


class StrictSlack:
    """The proxy of one LocalSlack, in a thread of its own; a context manager, its methods synchronous.

    For a server in events mode it listens at the port that the server posts to.
    """

    def __init__(
        self,
        upstream: LocalSlack,
        faults: Faults | None = None,
        scopes: Iterable[str] = DEFAULT_SCOPES,
        removed: Iterable[str] = (),
    ) -> None:
        url = upstream.app.get("requestUrl")
        port = urlsplit(url).port if url else free_port()
        self.base_url = f"http://127.0.0.1:{port}"
        self.api_url = f"{self.base_url}/api/"
        self.request_url = url
        self._state = State(upstream, faults or Faults(), frozenset(scopes), self.base_url)
        self._state.removed.update(removed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="strict-slack", daemon=True)
        self._exchange: Exchange | None = None

    def __enter__(self) -> StrictSlack:
        self._thread.start()
        self._do(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._do(self._parts.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        if kind is None:
            assert self._state.crashes == [], "the proxy itself failed"

    # What it saw

    @property
    def calls(self) -> list[Call]:
        """Every call of the web API and post to a response URL (method "response_url"), oldest first."""
        return list(self._state.calls)

    def calls_of(self, *methods: str) -> list[Call]:
        """The calls of these methods that were answered well."""
        return [call for call in self.calls if call.method in methods and call.answer.get("ok")]

    @property
    def violations(self) -> list[Violation]:
        """What Slack would have refused: blocks, views, answers, response URLs."""
        return list(self._state.violations)

    @property
    def withheld(self) -> list[Json]:
        """The events that were not sent for want of a scope."""
        return list(self._state.withheld)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every payload for the bot, oldest first."""
        return list(self._state.deliveries)

    def acked(self) -> list[str]:
        """The keys (event id, trigger id) of what the bot acknowledged."""
        return [one.key for one in self.deliveries if one.acked_at is not None]

    def ack_times(self) -> list[float]:
        """Seconds from each sending that was acknowledged to its acknowledgement."""
        return [seconds for _, seconds in list(self._state.ack_times)]

    @property
    def sockets(self) -> int:
        """How many connections of the bot take deliveries."""
        return self._parts.sockets.count

    def environment(self) -> dict[str, str]:
        """The settings that lead a bot here."""
        app = self._state.upstream.app
        return {
            "SLACK_API_URL": self.api_url,
            "SLACK_BOT_TOKEN": app["botToken"],
            "SLACK_APP_TOKEN": app["appToken"],
            "SLACK_SIGNING_SECRET": app["signingSecret"],
        }

    def wait_for_bot(self, sockets: int = 1, timeout: float = PATIENCE_S) -> None:
        """Wait till the bot has that many connections."""
        wait_for(lambda: self.sockets >= sockets, timeout)

    def wait_acked(self, key: str, timeout: float = PATIENCE_S) -> Delivery:
        """Wait till the bot acknowledged this payload; its delivery."""
        wait_for(lambda: key in self.acked(), timeout)
        return next(one for one in self.deliveries if one.key == key and one.acked_at is not None)

    # What goes wrong

    @property
    def faults(self) -> Faults:
        """What is played now; set it anew at any time (the seed counts at the start only)."""
        return self._state.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._state.faults = faults

    @property
    def scopes(self) -> frozenset[str]:
        """The bot token's scopes; set them anew at any time."""
        return self._state.scopes

    @scopes.setter
    def scopes(self, scopes: Iterable[str]) -> None:
        self._state.scopes = frozenset(scopes)

    @property
    def down(self) -> bool:
        """Whether Slack is dark: 503 for all, connections cut, events kept for later."""
        return self._state.down

    @down.setter
    def down(self, down: bool) -> None:
        self._do(self._darken(down))

    @property
    def forward_to(self) -> str | None:
        """The bot's own URL for HTTP events."""
        return self._parts.posts.forward_to

    @forward_to.setter
    def forward_to(self, url: str | None) -> None:
        self._parts.posts.forward_to = url

    def revoke(self, *tokens: str) -> None:
        """These tokens (without any: the bot's) answer token_revoked from now on."""
        self._state.revoked.update(tokens or {self._state.upstream.app["botToken"]})

    def restore(self) -> None:
        """All tokens are good again."""
        self._state.revoked.clear()

    def remove_bot(self, channel: str) -> None:
        """The bot is no member now: not_in_channel (channel_not_found if private), and no more events."""
        self._state.joined.discard(channel)
        self._state.removed.add(channel)

    def archive(self, channel: str) -> None:
        """Writing to this channel answers is_archived."""
        self._state.archived.add(channel)

    def cut_sockets(self) -> int:
        """Cut the bot's connections without a word; how many there were."""
        return self._do(self._cut())

    def disconnect(self, reason: str = "refresh_requested", grace: float = 0.5) -> None:
        """Ask the bot to connect anew, as Slack does at times; close the old connections after `grace` s."""
        self._do(self._parts.sockets.disconnect(reason, grace))

    def repeat(self, key: str) -> None:
        """Deliver this payload once more, as a retry."""
        delivery = next(one for one in self.deliveries if one.key == key)
        self._do(self._parts.courier.repeat(delivery))

    # What the server does not send

    def inject_event(self, event: Json, event_id: str | None = None) -> str:
        """Send an event of one's own, such as {"type": "message", …}; its event id."""
        app, team = self._state.upstream.app, self._state.upstream.config["workspace"]["teamId"]
        payload = event_payload(app, team, event, event_id)
        return self._send(EVENTS, payload, str(payload["event_id"]))

    def inject_join(self, channel: str, inviter: str) -> str:
        """The bot is invited to a channel: it is a member from now on, and told so; the event id."""
        self._state.removed.discard(channel)
        self._state.joined.add(channel)
        app, team = self._state.upstream.app, self._state.upstream.config["workspace"]["teamId"]
        return self.inject_event(join_event(app, team, channel, inviter))

    def inject_shortcut(self, user: str, channel: str, message: str | Json | None, callback_id: str) -> str:
        """Use a shortcut on a message (its ts or itself), or a global one with None; the trigger id."""
        ts = message["ts"] if isinstance(message, dict) else message
        carrier = self._do(self._parts.carriers.fetch(user, channel, ts))
        return self._send(INTERACTIVE, shortcut_payload(carrier, callback_id), carrier["trigger_id"])

    def inject_command(self, user: str, channel: str, text: str, command: str = "/itcheck") -> str:
        """Type a slash command without waiting for the bot; the trigger id. Its ack's text is not shown."""
        carrier = self._do(self._parts.carriers.fetch(user, channel, None))
        return self._send(COMMANDS, command_payload(carrier, command, text), carrier["trigger_id"])

    @property
    def _parts(self) -> Exchange:
        assert self._exchange is not None, "the proxy is not running"
        return self._exchange

    async def _start(self) -> None:
        self._exchange = Exchange(self._state)
        await self._exchange.start()

    async def _darken(self, down: bool) -> None:
        if down:
            self._state.lit.clear()
            self._parts.sockets.cut()
        else:
            self._state.lit.set()

    async def _cut(self) -> int:
        return self._parts.sockets.cut()

    async def _launch(self, work: Coroutine[Any, Any, Any]) -> None:
        self._parts.courier.launch(work)

    def _send(self, kind: str, payload: Json, key: str) -> str:
        self._do(self._launch(self._parts.relay(kind, payload)))
        return key

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)
