"""What was said in a channel, read again through Microsoft Graph where the team consented to it.

The consent is the resource-specific permission ChannelMessage.Read.Group of the manifest (learn.microsoft.com, "List
channel messages"). In chats there is nothing like it: whoever asks there is told that nothing can be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from microsoft_teams.api.clients.api_client import ApiClient

from bot.domain.errors import Permanent
from bot.platforms.remembered import Remembered
from bot.platforms.teams.activities import moment
from bot.platforms.teams.line import Line
from bot.platforms.teams.markup import html_text
from bot.ports.places import CHANNEL, Place

Json = Mapping[str, Any]

PAGE = 50  # the most Graph gives
PAGES = 4
THREAD_LAST = 8  # messages of a thread, after its first
CLOCKS_APART = timedelta(seconds=120)
A_DAY_S = 86_400.0
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class History:
    """The channels of one tenant. Raises Permanent (`history`) where nothing can be read, Passing if only not now."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._groups = Remembered[str](A_DAY_S)

    def find(self, place: Place, thread: str, key: str, since: datetime) -> str | None:
        """The id of our message that carries `key`, among those since a time (give or take two minutes)."""
        path = f"{self._messages(place)}/{thread}/replies" if thread else self._messages(place)
        for one in self._pages(place, f"{path}?$top={PAGE}"):
            if (moment(_text(one, "lastModifiedDateTime")) or since) < since - CLOCKS_APART:
                return None
            if _carries(one, key):
                return _text(one, "id")
        return None

    def message(self, place: Place, message: str) -> Json | None:
        """A message that begins a thread; None if it was deleted."""
        told = self._line.read(f"{self._messages(place)}/{message}", place.id)
        return None if told.get("deletedDateTime") else told

    def thread(self, place: Place, thread: str, before: str) -> Sequence[Json]:
        """The beginning of a thread and the last messages in it before one of them, oldest first."""
        path = f"{self._messages(place)}/{thread}"
        first = self._line.read(path, place.id)
        told = self._line.read(f"{path}/replies?$top={PAGE}", place.id).get("value") or ()
        earlier = [one for one in told if _number(one) < int(before) and not one.get("deletedDateTime")]
        return [first, *sorted(earlier, key=_number)[-THREAD_LAST:]]

    def _messages(self, place: Place) -> str:
        if place.kind != CHANNEL or not place.team:
            raise Permanent("Teams does not show chats to a bot again.", "history")
        group = self._groups.get(place.team, lambda: self._ask_group(place))
        return f"/teams/{group}/channels/{place.id}/messages"

    def _ask_group(self, place: Place) -> str:
        """The team's id in Entra, by which Graph knows it."""

        async def ask(client: ApiClient) -> str:
            return (await client.teams.get_by_id(place.team)).aad_group_id or ""

        return self._line.call(place.service_url, ask, place.id)

    def _pages(self, place: Place, path: str) -> Iterator[Json]:
        for _ in range(PAGES):
            told = self._line.read(path, place.id)
            yield from told.get("value") or ()
            path = _text(told, "@odata.nextLink")
            if not path:
                return


def author_of(message: Json) -> tuple[str, bool]:
    """Who wrote a message, by their id in Entra, and whether that is a bot."""
    author = message.get("from") or {}
    user = author.get("user") or {}
    return str(user.get("id") or ""), not user


def text_of(message: Json) -> str:
    """The words of a message."""
    body = message.get("body") or {}
    content = str(body.get("content") or "")
    return html_text(content) if body.get("contentType") == "html" else content


def _carries(message: Json, key: str) -> bool:
    marked = json.dumps(f"key:{key}")
    return any(marked in str(one.get("content") or "") for one in message.get("attachments") or ())


def _number(message: Json) -> int:
    words = _text(message, "id")
    return int(words) if words.isdigit() else 0


def _text(told: Json, name: str) -> str:
    return str(told.get(name) or "")
