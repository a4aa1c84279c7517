"""The campaign calendar as an iCalendar feed (RFC 5545) behind a secret link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Header, Response

from bot.domain.errors import StoreUnavailable
from bot.domain.planned import Planned
from bot.ports import Now
from bot.services.calendar.feeds import Content

NOT_FOUND = "There is no calendar here. In the chat, /itcheck calendar link gives you one.\n"
AWAY = "The database cannot be reached. Please try again in a minute.\n"
LONGEST_TOKEN = 200

Find = Callable[[str], Content | None]
Write = Callable[[Sequence[Planned], ZoneInfo, datetime], bytes]


@dataclass(frozen=True, slots=True)
class CalendarFeeds:
    """`base`: the address people reach us under, empty if they can't; `find`: what a token shows; `write`: it as a
    file.
    """

    base: str
    find: Find
    write: Write
    now: Now

    def url(self, token: str) -> str:
        """Where the feed of a token is found; empty if people can't reach us."""
        return f"{self.base.rstrip('/')}/calendar/{token}.ics" if self.base else ""

    def router(self) -> APIRouter:
        """The page: 200 with the file, 304 if it is known, 404 for another token, 503 while the database is away."""
        router = APIRouter()

        @router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
        def feed(token: str, if_none_match: str = Header("")) -> Response:
            return self._answer(token, if_none_match)

        return router

    def _answer(self, token: str, known: str) -> Response:
        try:
            content = self.find(token) if len(token) <= LONGEST_TOKEN else None
        except StoreUnavailable:
            return Response(AWAY, 503, media_type="text/plain")
        if content is None:
            return Response(NOT_FOUND, 404, {"Cache-Control": "no-store"}, "text/plain")
        # Stamped with the day, so that the same calendar is the same file all day long.
        day = datetime.combine(self.now().astimezone(UTC).date(), time(), UTC)
        file = self.write(content.planned, content.zone, day)
        mark = f'"{sha256(file).hexdigest()[:32]}"'
        headers = {"ETag": mark, "Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}
        if mark in {one.strip().removeprefix("W/") for one in known.split(",")}:
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = 'inline; filename="campaign-calendar.ics"'
        return Response(file, 200, headers, "text/calendar")
