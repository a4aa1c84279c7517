"""The secret link to the campaign calendar: made for one person, shown once, taken back at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

from bot.domain.errors import Conflict, Invalid, LiaisonError, NotFound
from bot.domain.feed import Feed, digest_of
from bot.domain.planned import Planned
from bot.messages import Card, Code, Link, Request, say
from bot.ports import Now, UnitOfWorkFactory
from bot.services.agenda.agenda_lines import day_words
from bot.services.calendar.outlook import outlook
from bot.services.desk import Desk

TOKEN_BYTES = 32
BACK, AHEAD = timedelta(days=28), timedelta(days=400)
NEW, OFF = "new", "off"
NOWHERE = "People can't reach my pages yet, so there is no link. An admin can set PUBLIC_URL."
KEEP_IT = "Whoever has the link sees the calendar: keep it to yourself. I can't show it again. To switch it off: {off}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a link shows: entries by start, whose days are those of `zone`."""

    planned: tuple[Planned, ...]
    zone: ZoneInfo


def link_card(desk: Desk, request: Request, words: str) -> Card:
    """Make a link, a new one in place of the old (`new`), or take it back (`off`).

    Raises NotAllowed, Conflict, Invalid.
    """
    who = desk.member(request.workspace, request.actor)
    if words == OFF:
        with desk.unit_of_work() as uow:
            was_there = uow.feeds.remove(request.workspace, who.id)
        return Card(text=say("Your link is off." if was_there else "You have no link, so nothing is to switch off."))
    if words not in {"", NEW}:
        raise Invalid("Type /itcheck calendar link, link new for another one, or link off.")
    token = token_urlsafe(TOKEN_BYTES)
    url = desk.feed_url(token)
    if not url:
        raise Conflict(NOWHERE)
    with desk.unit_of_work() as uow:
        known = uow.feeds.of(request.workspace, who.id)
        if known is not None and words != NEW:
            raise Conflict(
                f"You have a link since {day_words(known.made_at, who.zone)}; only you know it. "
                "For another one in its place, type /itcheck calendar link new."
            )
        uow.feeds.save(Feed(request.workspace, who.id, digest_of(token), desk.at()))
    return Card(
        text=say("Subscribe to this address in your calendar: {link}", link=Link(url, url)),
        note=say(KEEP_IT, off=Code("/itcheck calendar link off")),
    )


def close_feeds(desk: Desk) -> bool:
    """Take back the links of people who left, or are no members any more. False: all done."""
    with desk.look() as uow:
        spaces = dict.fromkeys(one.workspace for one in uow.workspaces.listening())
        known = [(workspace, person) for workspace in spaces for person in uow.feeds.people(workspace)]
    for workspace, person in known:
        if _is_gone(desk, workspace, person):
            with desk.unit_of_work() as uow:
                uow.feeds.remove(workspace, person)
    return False


def content_of(look: UnitOfWorkFactory, now: Now, token: str) -> Content | None:
    """What the link with this token shows now; None if there is no such link."""
    at = now()
    with look() as uow:
        feed = uow.feeds.find(digest_of(token))
        channel = next(iter(uow.workspaces.listening(feed.workspace)), None) if feed else None
        if feed is None or channel is None:
            return None
        return Content(outlook(uow, feed.workspace, at - BACK, at + AHEAD, channel.tz).planned, channel.tz)


def _is_gone(desk: Desk, workspace: str, person: str) -> bool:
    try:
        who = desk.person(workspace, person)
    except NotFound:
        return True
    except LiaisonError:  # the chat is away: nobody can tell
        return False
    return who.is_gone or who.is_guest
