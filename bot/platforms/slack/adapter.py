"""Slack as the core sees it: the ports Messages, Files, Forms, Home and Directory over the web API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from slack_sdk.web import WebClient

from bot.domain.errors import Permanent
from bot.domain.pace import Pace
from bot.domain.people import Person
from bot.messages import Address, Card, Form, MessageRef, Request
from bot.platforms.remembered import Remembered
from bot.platforms.slack.access import SLACK, is_slack, origin
from bot.platforms.slack.blocks import block_id, home, message
from bot.platforms.slack.directory import SOON_S, SlackDirectory
from bot.platforms.slack.errors import translated
from bot.platforms.slack.files import SlackFiles, is_marked
from bot.platforms.slack.forms import closing_view, form_view, loading_view
from bot.platforms.slack.spans import Look
from bot.platforms.slack.times import stamp
from bot.platforms.slack.web import TIMEOUT_S, answer, web_client
from bot.ports import Said

EVENT_TYPE = "it_liaison"
CLOCKS_APART = timedelta(seconds=120)
PAGE = 999  # the most Slack gives: each further page may fail, and then all of them are asked for again
PAGES = 10
A_DAY_S = 86_400.0

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are on Slack: workspace (team) id and name, our user, the workspace's address, granted scopes."""

    workspace: str
    name: str
    user: str
    url: str
    scopes: frozenset[str]


class SlackChat:
    """One Slack workspace; every method may be called from any thread.

    Raises Passing, Ambiguous or Permanent. `workspace` is taken on trust: a token opens one workspace only.
    """

    def __init__(self, token: str, api_url: str = SLACK, timeout_s: int = TIMEOUT_S, pace: Pace | None = None) -> None:
        """`pace`: see SlackAccess."""
        self._pace = pace or Pace()
        self._api_url = api_url
        self._timeout_s = timeout_s
        self._client: WebClient = web_client(token, api_url, timeout_s)
        self._directory = SlackDirectory(self._client, web_client(token, api_url, min(SOON_S, timeout_s)))
        self._files = SlackFiles(self._client, api_url, timeout_s)
        self._direct = Remembered[str](A_DAY_S)

    @cached_property
    def identity(self) -> Identity:
        """Who we are, asked once (auth.test)."""
        with translated():
            told = self._client.auth_test()
        headers = {name.lower(): value for name, value in told.headers.items()}
        scopes = str(headers.get("x-oauth-scopes", "")).replace(" ", "").split(",")
        return Identity(
            workspace=str(told["team_id"]),
            name=str(told.get("team") or ""),
            user=str(told["user_id"]),
            url=str(told.get("url") or ""),
            scopes=frozenset(filter(None, scopes)),
        )

    # --- Messages ---

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        """Post a card; `key` is kept in the message's metadata and the id of its first block, or in its file's name."""
        conversation = self._conversation(to)
        text, blocks = message(card, key, self._look)
        if card.file is not None:
            return self._files.share(conversation, to.thread, card.file, text, key)
        with translated(conversation):
            posted = self._client.chat_postMessage(
                channel=conversation,
                thread_ts=to.thread or None,
                text=text,
                blocks=blocks,
                metadata=_metadata(key),
                unfurl_links=False,
                unfurl_media=False,
            )
        return MessageRef(str(posted["channel"]), str(posted["ts"]))

    def update(self, workspace: str, ref: MessageRef, card: Card, key: str) -> None:
        """Replace a message of ours in place."""
        text, blocks = message(card, key, self._look)
        with translated(ref.conversation):
            self._client.chat_update(
                channel=ref.conversation, ts=ref.message, text=text, blocks=blocks, metadata=_metadata(key)
            )

    def find(self, workspace: str, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message of ours that carries `key`, if it was posted at or after `since` (give or take two minutes)."""
        conversation = self._conversation(to)
        for one in self._messages(conversation, to.thread, stamp(self._pace.real(since) - CLOCKS_APART)):
            if _carries(one, key) or any(is_marked(file, key) for file in one.get("files") or ()):
                return MessageRef(conversation, str(one["ts"]))
        return None

    def whisper(self, request: Request, card: Card, *, replaces: bool = False) -> None:
        """Show a card only to the person the request came from; what they do directly is answered directly."""
        text, blocks = message(card, request.key, self._look)
        if request.reply_to and self._answer(request, text, blocks, replaces):
            return
        if request.is_direct or not request.conversation:
            to = Address(request.conversation, request.thread, "" if request.conversation else request.actor)
            self.post(request.workspace, to, card, request.key)
            return
        with translated(request.conversation):
            self._client.chat_postEphemeral(
                channel=request.conversation,
                user=request.actor,
                thread_ts=request.thread or None,
                text=text,
                blocks=blocks,
            )

    def keep(self, workspace: str, name: str, content: bytes, alt: str) -> str:
        """Keep a picture (PNG) that nobody sees until a message shows it; its handle."""
        return self._files.keep(name, content, alt)

    # --- Forms and Home ---

    def open(self, trigger: str) -> str:
        """Open the loading view, within three seconds of the trigger; its id."""
        with translated():
            return str(self._client.views_open(trigger_id=trigger, view=loading_view())["view"]["id"])

    def show(self, request: Request, form: Form) -> None:
        """Fill the loading view of this request with the form."""
        self._update_view(request.view, form_view(form, self._look))

    def close(self, request: Request, card: Card) -> None:
        """There is no form after all: show a card in its place."""
        self._update_view(request.view, closing_view(card, self._look))

    def publish(self, workspace: str, person: str, card: Card) -> None:
        """Replace what stands in somebody's App Home."""
        with translated():
            self._client.views_publish(user_id=person, view=home(card, self._look))

    # --- Directory ---

    def person(self, workspace: str, person: str) -> Person:
        """One person. Raises NotFound for somebody who is not there."""
        return self._directory.person(workspace, person)

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people (no bots, 300 at most) of a conversation we are in, by name."""
        return self._directory.members(workspace, conversation)

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The name of a conversation, empty if it has none."""
        return self._directory.channel_name(workspace, conversation)

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message somebody wrote, None if it is gone."""
        return self._directory.message(workspace, conversation, message)

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """The beginning of a thread and the last messages in it before one of them, oldest first."""
        return self._directory.thread(workspace, conversation, thread, before)

    @cached_property
    def _look(self) -> Look:
        """Links lead to the workspace on Slack, else to the server that stands in for it."""
        if is_slack(self._api_url):
            return Look(origin(self.identity.url), native_times=True)
        return Look(origin(self._api_url), native_times=False)

    def _conversation(self, to: Address) -> str:
        if to.conversation:
            return to.conversation
        return self._direct.get(to.person, lambda: self._open_direct(to.person))

    def _open_direct(self, person: str) -> str:
        with translated():
            return str(self._client.conversations_open(users=person)["channel"]["id"])

    def _messages(self, conversation: str, thread: str, oldest: str) -> Iterable[Json]:
        """What was said since a time, page by page."""
        cursor: str | None = None
        for _ in range(PAGES):
            wanted: Json = {"channel": conversation, "oldest": oldest, "limit": PAGE, "cursor": cursor}
            wanted["include_all_metadata"] = True
            with translated(conversation):
                if thread:
                    page = self._client.conversations_replies(ts=thread, **wanted)
                else:
                    page = self._client.conversations_history(**wanted)
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _answer(self, request: Request, text: str, blocks: list[Json], replaces: bool) -> bool:
        """Use the response_url; False if it is not good any more."""
        body: Json = {"response_type": "ephemeral", "replace_original": replaces, "text": text, "blocks": blocks}
        if request.thread and not replaces:
            body["thread_ts"] = request.thread
        with translated(request.conversation):
            return 200 <= answer(request.reply_to, body, self._timeout_s) < 300

    def _update_view(self, view: str, filled: Json) -> None:
        if not view:
            raise Permanent("The form is not open any more.", "gone")
        with translated():
            self._client.views_update(view_id=view, view=filled)


def _metadata(key: str) -> Json:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def _carries(one: Json, key: str) -> bool:
    metadata = one.get("metadata") or {}
    if metadata.get("event_type") == EVENT_TYPE:
        return bool((metadata.get("event_payload") or {}).get("key") == key)
    return any(block.get("block_id") == block_id(key) for block in (one.get("blocks") or ())[:1])
