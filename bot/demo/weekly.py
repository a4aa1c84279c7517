"""The weekly syncs of the demo: topics before, actions and decisions in them, promises done or carried over."""

from __future__ import annotations

import random
from datetime import date, timedelta

from bot.demo.cast import TEAMS, WORKSPACE, Team
from bot.demo.diary import Diary, at_work
from bot.demo.floor import Floor
from bot.domain.action import Action

TOPICS = (
    "Who answers when the site is slow on a Saturday?",
    "The list for the next mailing",
    "Which pages are checked before a launch",
    "What the load test showed",
    "Access for the new agency",
    "Dates of the next freeze",
)
PROMISES = (
    ("Send the list two days before", True),
    ("Set up tracking on the landing page", False),
    ("Test the page with 500 visitors at once", False),
    ("Write down who decides on short notice", True),
    ("Check the consent text with legal", True),
    ("Give the agency access until Friday", False),
)
DECISIONS = (
    "The mailing goes out in two parts, an hour apart.",
    "No launch on the day before a holiday.",
    "The banner waits for the new landing page.",
)


def plan_syncs(floor: Floor, diary: Diary, span: tuple[date, date], source: random.Random) -> None:
    """Write down what happens around each weekly sync of each team."""
    begin, today = span
    for team in TEAMS:
        day = begin + timedelta(days=team.sync_weekday + 7)
        while day < today:
            sync = Sync(floor, team, random.Random(source.random()))
            diary.add(at_work(day - timedelta(days=4), 14, team.zone), sync.add_topic)
            diary.add(at_work(day, team.sync_hour + 0.5, team.zone), sync.meet)
            day += timedelta(days=7)


class Sync:
    """One weekly sync of a team."""

    def __init__(self, floor: Floor, team: Team, source: random.Random) -> None:
        self._floor, self._team, self._source = floor, team, source

    def add_topic(self) -> None:
        """Somebody wants to talk about something, not every week."""
        if self._source.random() < 0.6:
            who = self._source.choice((self._team.lead, *self._team.marketers))
            self._floor.types(who, self._team.channel, f"agenda add {self._source.choice(TOPICS)}")

    def meet(self) -> None:
        """What was promised is done or carried over; something new is promised, and now and then decided."""
        team, source = self._team, self._source
        agenda = self._floor.read(lambda uow: uow.agendas.last(WORKSPACE, team.channel))
        if agenda is None:
            return
        change = {f"action-{one.id}": "done" if source.random() < 0.75 else "carry" for one in self._open_actions()}
        if change:
            self._floor.fills(team.liaison, "actions_update", agenda.name, team.channel, **change)
        if source.random() < 0.7:
            self._promise(agenda.name)
        if source.random() < 0.3:
            words = source.choice(DECISIONS)
            self._floor.fills(team.liaison, "decision", agenda.name, team.channel, what=words, by=team.lead)

    def _promise(self, agenda: str) -> None:
        team = self._team
        what, for_marketing = self._source.choice(PROMISES)
        owner = self._source.choice(team.marketers) if for_marketing else team.liaison
        due = (self._floor.clock() + timedelta(days=4)).date().isoformat()
        self._floor.fills(team.liaison, "action_new", agenda, team.channel, what=what, owner=owner, due=due)

    def _open_actions(self) -> list[Action]:
        now = self._floor.clock()
        found = self._floor.read(lambda uow: uow.actions.of(WORKSPACE, self._team.channel, now))
        return [one for one in found if not one.is_settled]
