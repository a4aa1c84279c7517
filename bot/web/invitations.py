"""Invitations to the weekly sync as iCalendar files (RFC 5545), each under an address that nobody can guess."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from icalendar import Calendar, Event

from bot.domain.agenda import Agenda
from bot.domain.errors import StoreUnavailable
from bot.services.agenda.meetings import Meeting

PURPOSE = "invitation"
LASTS = timedelta(minutes=30)
NOT_FOUND = "There is no invitation here. The link under the newest agenda works.\n"
AWAY = "The database cannot be reached. Please try again in a minute.\n"

Sign = Callable[[str, str], str]
Find = Callable[[str, str, str], Meeting | None]


@dataclass(frozen=True, slots=True)
class Invitations:
    """`base`: the address people reach us under, empty if they can't; `sign`: what proves an address is of ours."""

    base: str
    sign: Sign
    find: Find

    def url(self, agenda: Agenda) -> str:
        """Where the invitation of an agenda is found; empty if people can't reach us."""
        if not self.base:
            return ""
        place = "/".join(quote(part, safe="") for part in (agenda.workspace, agenda.conversation, agenda.slot.name))
        return f"{self.base.rstrip('/')}/agenda/{place}/{self._token(agenda.workspace, agenda.name)}.ics"

    def router(self) -> APIRouter:
        """The pages: 200 with the file, 404 for anything but an address of ours, 503 while the database is away."""
        router = APIRouter()

        @router.get("/agenda/{workspace}/{conversation}/{slot}/{token}.ics")
        def invitation(workspace: str, conversation: str, slot: str, token: str) -> Response:
            return self._answer(workspace, conversation, slot, token)

        return router

    def _answer(self, workspace: str, conversation: str, slot: str, token: str) -> Response:
        wanted = self._token(workspace, f"{conversation}:{slot}")
        if not hmac.compare_digest(wanted.encode(), token.encode()):
            return Response(NOT_FOUND, 404, media_type="text/plain")
        try:
            meeting = self.find(workspace, conversation, slot)
        except StoreUnavailable:
            return Response(AWAY, 503, media_type="text/plain")
        if meeting is None:
            return Response(NOT_FOUND, 404, media_type="text/plain")
        headers = {"Content-Disposition": 'attachment; filename="weekly-sync.ics"', "Cache-Control": "private"}
        return Response(calendar_file(meeting), 200, headers, "text/calendar")

    def _token(self, workspace: str, agenda: str) -> str:
        return self.sign(PURPOSE, f"{workspace}:{agenda}")


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting as a calendar with one event that comes back every week, in the zone of its people."""
    where = f"#{meeting.channel}" if meeting.channel else "the marketing channel"
    event = Event()
    event.add("uid", meeting.id)
    event.add("dtstamp", meeting.made_at)
    event.add("dtstart", meeting.starts_at.astimezone(ZoneInfo(meeting.zone)))
    event.add("duration", LASTS)
    event.add("rrule", {"freq": "weekly"})
    event.add("summary", "Weekly sync: marketing and IT")
    event.add("location", where)
    event.add("description", f"The agenda is posted in {where}. To add a topic: /itcheck agenda add your topic")
    calendar = Calendar()
    calendar.add("prodid", "-//IT Liaison//Weekly sync//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
