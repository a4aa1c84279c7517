"""A tiny Bolt bot that answers everything, to try the test support itself on something real."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.local_slack import free_port

Json = dict[str, Any]

FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "tool",
            "label": {"type": "plain_text", "text": "Tool"},
            "element": {"type": "plain_text_input", "action_id": "value", "initial_value": "Klaviyo"},
        },
        {
            "type": "input",
            "block_id": "need",
            "label": {"type": "plain_text", "text": "Need"},
            "element": {
                "type": "static_select",
                "action_id": "value",
                "options": [
                    {"text": {"type": "plain_text", "text": name.title()}, "value": name} for name in ("a", "b")
                ],
            },
        },
    ],
}
LOADING = FORM | {"blocks": [{"type": "section", "text": {"type": "plain_text", "text": "One moment"}}]}
BUTTON = {
    "type": "button",
    "action_id": "claim",
    "text": {"type": "plain_text", "text": "Claim"},
    "value": "1",
}
CARD = [{"type": "actions", "block_id": "card", "elements": [BUTTON]}]


class EchoBot:
    """The bot in a thread of its own, over Socket Mode or HTTP; a context manager.

    bodies holds every payload that reached it; deaf makes it take seconds to acknowledge a message.
    """

    def __init__(self, environment: dict[str, str], http: bool = False) -> None:
        self.bodies: list[Json] = []
        self.deaf = 0.0
        self.url = f"http://127.0.0.1:{free_port()}/slack/events" if http else None
        self._environment = environment
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="echo-bot", daemon=True)
        self._handler: AsyncSocketModeHandler | None = None
        self._runner: web.AppRunner | None = None

    def __enter__(self) -> EchoBot:
        self._thread.start()
        self._do(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def of_type(self, name: str) -> list[Json]:
        """The payloads of one type: of an event, an interaction, or a command's name."""
        return [body for body in self.bodies if name in (_type(body), body.get("command"))]

    async def _start(self) -> None:
        env = self._environment
        client = AsyncWebClient(env["SLACK_BOT_TOKEN"], base_url=env["SLACK_API_URL"])
        app = AsyncApp(client=client, signing_secret=env["SLACK_SIGNING_SECRET"])
        self._listen(app)
        if self.url is None:
            own = AsyncWebClient(env["SLACK_APP_TOKEN"], base_url=env["SLACK_API_URL"])
            self._handler = AsyncSocketModeHandler(app, env["SLACK_APP_TOKEN"], web_client=own, ping_interval=1)
            await self._handler.connect_async()  # type: ignore[no-untyped-call]
            return
        port = int(self.url.split(":")[2].split("/")[0])
        self._runner = web.AppRunner(app.server(port=port, path="/slack/events").web_app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def _stop(self) -> None:
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]
        if self._runner is not None:
            await self._runner.cleanup()

    def _listen(self, app: AsyncApp) -> None:
        app.use(self._remember)
        app.event("message")(_echo)
        app.event("member_joined_channel")(_greet)
        app.event("app_home_opened")(_home)
        app.command("/itcheck")(_command)
        app.action("claim")(_claim)
        app.view("form")(_submitted)
        app.shortcut("ticket")(_shortcut)

    async def _remember(self, body: Json, next: Any) -> None:  # noqa: A002 — Bolt's own word
        self.bodies.append(body)
        if body.get("event", {}).get("type") == "message" and self.deaf:
            await asyncio.sleep(self.deaf)
        await next()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(15)


def _type(body: Json) -> str:
    return str(body["event"]["type"] if "event" in body else body.get("type"))


async def _echo(event: Json, say: AsyncSay) -> None:
    if "subtype" not in event:
        kept = {"event_type": "echo", "event_payload": {"key": event["ts"]}}
        await say(text=f"echo: {event['text']}", blocks=CARD, thread_ts=event["ts"], metadata=kept)


async def _greet(event: Json, say: AsyncSay) -> None:
    await say(f"hello from {event['inviter']}")


async def _home(event: Json, client: AsyncWebClient) -> None:
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})


async def _command(ack: AsyncAck, command: Json, client: AsyncWebClient, respond: AsyncRespond) -> None:
    verb, _, rest = command["text"].partition(" ")
    if verb == "ping":
        await ack("pong")
        return
    await ack()
    if verb == "form":
        await asyncio.sleep(float(rest or 0))
        opened = await client.views_open(trigger_id=command["trigger_id"], view=LOADING)
        await client.views_update(view_id=opened["view"]["id"], view=FORM)
    if verb == "often":
        for number in range(int(rest)):
            await respond(f"answer {number}")
    if verb == "whisper":
        where, who = command["channel_id"], command["user_id"]
        await client.chat_postEphemeral(channel=where, user=who, text="psst", blocks=CARD)


async def _claim(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    await ack()
    if "message" in body:
        where, ts = body["channel"]["id"], body["message"]["ts"]
        await client.chat_update(channel=where, ts=ts, text=f"claimed by {body['user']['id']}", blocks=[])


async def _submitted(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    values = body["view"]["state"]["values"]
    tool, chosen = values["tool"]["value"]["value"], values["need"]["value"]["selected_option"]
    if tool == "bad":
        await ack(response_action="errors", errors={"tool": "Not this one."})
        return
    await ack()
    need = chosen["value"] if chosen else None
    await client.chat_postMessage(channel=body["user"]["id"], text=f"{tool} {need}")


async def _shortcut(ack: AsyncAck, body: Json, respond: AsyncRespond, client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=FORM)
    await respond(f"shortcut on {body['message']['text']}")
