"""People and channels as Slack knows them, remembered for ten minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web import WebClient

from bot.domain.errors import NotFound, Permanent
from bot.domain.people import Person
from bot.platforms.remembered import Remembered
from bot.platforms.slack.errors import translated
from bot.platforms.slack.events import thread_of
from bot.platforms.slack.markup import plain
from bot.ports import Said

FRESH_S = 600.0
MOST_PEOPLE = 300
PAGE = 200
SOON_S = 3  # how long a thread may take to come
THREAD_LAST = 8  # messages of a thread, after its first
SLACKBOT = "USLACKBOT"


class SlackDirectory:
    """The Directory port on Slack."""

    def __init__(self, client: WebClient, impatient: WebClient) -> None:
        """`impatient` is for what must be there soon or not at all."""
        self._client = client
        self._impatient = impatient
        self._people = Remembered[Person](FRESH_S)
        self._names = Remembered[str](FRESH_S)

    def person(self, workspace: str, person: str) -> Person:
        """One person. Raises NotFound for somebody who is not there."""
        return self._people.get(person, lambda: self._ask(person))

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people (no bots, 300 at most) of a conversation we are in, by name."""
        ids = [one for one in self._member_ids(conversation) if one != SLACKBOT][:MOST_PEOPLE]
        people = [self.person(workspace, one) for one in ids]
        return sorted((one for one in people if not one.is_bot), key=lambda one: one.name.casefold())

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The name of a conversation, empty if it has none."""
        return self._names.get(conversation, lambda: self._ask_name(conversation))

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message somebody wrote, wherever it stands in its thread; None if it is gone."""
        try:
            with translated(conversation):
                found = self._client.conversations_replies(
                    channel=conversation, ts=message, latest=message, oldest=message, inclusive=True, limit=PAGE
                )
        except Permanent as error:
            if error.code == "gone":
                return None
            raise
        said = next((one for one in found["messages"] if one.get("ts") == message), None)
        return _said(said) if said else None

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """The beginning of a thread and the last messages in it before one of them, oldest first.

        Of a thread with more messages than one page, those of its first page.
        """
        with translated(conversation):
            found = self._impatient.conversations_replies(
                channel=conversation, ts=thread, latest=before, inclusive=False, limit=PAGE
            )
        earlier = [one for one in found["messages"] if str(one.get("ts")) < before]
        return [_said(one) for one in (*earlier[:1], *earlier[1:][-THREAD_LAST:])]

    def _ask(self, person: str) -> Person:
        try:
            with translated():
                return _person(self._client.users_info(user=person)["user"])
        except Permanent as error:
            if error.code == "person":
                raise NotFound("Slack does not know this person.") from error
            raise

    def _ask_name(self, conversation: str) -> str:
        with translated(conversation):
            channel = self._client.conversations_info(channel=conversation)["channel"]
        return "" if channel.get("is_im") else str(channel.get("name") or "")

    def _member_ids(self, conversation: str) -> list[str]:
        found: list[str] = []
        cursor: str | None = None
        while len(found) < MOST_PEOPLE:
            with translated(conversation):
                page = self._client.conversations_members(channel=conversation, cursor=cursor, limit=PAGE)
            found.extend(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return found


def _said(message: Mapping[str, Any]) -> Said:
    author = str(message.get("user") or "")
    by_bot = bool(message.get("bot_id")) or not author
    return Said(author, plain(str(message.get("text") or "")), thread_of(message), by_bot)


def _person(user: Mapping[str, Any]) -> Person:
    profile = user.get("profile") or {}
    until = int(profile.get("status_expiration") or 0)
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    return Person(
        id=str(user["id"]),
        name=str(name or user["id"]),
        zone=str(user.get("tz") or "UTC"),
        is_bot=bool(user.get("is_bot")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_gone=bool(user.get("deleted")),
        status=f"{profile.get('status_emoji') or ''} {profile.get('status_text') or ''}".strip(),
        status_until=datetime.fromtimestamp(until, UTC) if until else None,
    )
