"""The demo on the sandbox's page: what was written in the company's chat is written there once more, oldest first.

The page stamps each message with the time at which it comes, so that each day is told by a line of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.cast import BERLIN, IT, TEAMS, WORKSPACE, members_of, the_people
from bot.demo.keeping import DATABASE, post_of, read_written
from bot.demo.moving import move_database, moved
from bot.demo.paper import Written, direct
from bot.messages import Address, Card, MessageRef, Strong
from bot.pictures.painter import AltairPainter
from bot.platforms.slack.adapter import SlackChat
from bot.platforms.slack.sandbox import BOT, Sandbox, workspace_of
from bot.services.gallery import Gallery
from storage.codec import dump_post, load_post

SHOWN = timedelta(days=31)


def sandbox_workspace() -> dict[str, Any]:
    """The company as the sandbox's configuration."""
    people = [
        {"id": one.id, "name": one.name.lower().replace(" ", "-"), "real_name": one.name, "tz": one.zone}
        for one in the_people().values()
    ]
    channels: list[dict[str, Any]] = [
        {"id": team.channel, "name": team.name.lower(), "members": [*members_of(team), BOT]} for team in TEAMS
    ]
    channels.append({"id": "G20ITLIAISON", "name": "it-liaison", "is_private": True, "members": [*IT, BOT]})
    return workspace_of(WORKSPACE, people, channels)


def show(folder: Path, sandbox: Sandbox, database: Path) -> int:
    """Write the last month on the page of a running sandbox that the bot is not connected to yet; how many messages.
    The demo's database is copied to a file, where the messages have the ids they have there.
    """
    played, written = read_written(folder)
    showing = Showing(sandbox)
    shown = recent(written, datetime.combine(played.today, datetime.min.time(), ZoneInfo(BERLIN)))
    for one in shown:
        showing.write(one)
    shutil.copyfile(folder / DATABASE, database)
    move_database(database, showing.moves)
    return len(shown)


def recent(written: Sequence[Written], until: datetime) -> list[Written]:
    """What was written in the last month, each with the whole thread it is in."""
    fresh = {_root(one) for one in written if one.at >= until - SHOWN}
    return [one for one in written if _root(one) in fresh]


class Showing:
    """Writes messages on the page of a sandbox. `moves`: the ids they have there, by those they had."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._chat = SlackChat(sandbox.access.bot_token, sandbox.access.api_url)
        self._gallery = Gallery(AltairPainter(), self._chat)
        self._person_of = {direct(one): one for one in the_people()}
        self._days: dict[str, date] = {}
        self.moves: dict[str, str] = {}

    def write(self, one: Written) -> None:
        """Write a message, and the day before it where it begins a new one. Raises Permanent or Passing."""
        if not one.thread:
            self._tell_day(one)
        ref = self._said(one) if one.author else self._posted(one)
        self.moves |= {one.ref.message: ref.message, one.ref.conversation: ref.conversation}

    def _tell_day(self, one: Written) -> None:
        day = one.at.astimezone(ZoneInfo(BERLIN)).date()
        if self._days.get(one.ref.conversation) != day:
            self._days[one.ref.conversation] = day
            card = Card(text=(Strong(f"{day:%A}, {day.day} {day:%B %Y}"),))
            self._chat.post(WORKSPACE, self._to(one), card, f"day:{day}")

    def _posted(self, one: Written) -> MessageRef:
        post = load_post(json.loads(moved(json.dumps(dump_post(post_of(one))), self.moves)))
        return self._chat.post(WORKSPACE, self._to(one), self._gallery.hang(post, 1), post.key)

    def _said(self, one: Written) -> MessageRef:
        to = self._to(one)
        return MessageRef(to.conversation, self._sandbox.say(one.author, to.conversation, one.text, to.thread))

    def _to(self, one: Written) -> Address:
        person = self._person_of.get(one.ref.conversation, "")
        return Address("" if person else one.ref.conversation, self.moves.get(one.thread, one.thread), person)


def _root(one: Written) -> tuple[str, str]:
    return one.ref.conversation, one.thread or one.ref.message
