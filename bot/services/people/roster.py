"""Who can talk to whom, gathered from what is known: channels, roles, skills, absences, the road map and tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.absence import Absence, away_at
from bot.domain.errors import NotFound
from bot.domain.horizon import months_on
from bot.domain.people import Person, Role, Side, person_of
from bot.domain.roster import MarketingDelegate, Roster, Team, Work
from bot.domain.sponsor import AHEAD_MONTHS
from bot.domain.ticket import State
from bot.domain.workspace import Channel, Roles
from bot.ports import TicketFilter, ToolFilter, UnitOfWork
from bot.services.agenda.place import channel_of_liaison
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.people.introductions import works_words

SOON = timedelta(days=7)
TICKETS_MOST = 200
KEEPERS = frozenset({Role.IT_MANAGER, Role.CIO, Role.MARKETING_MANAGER, Role.CMO})
Delegates = Mapping[str, MarketingDelegate]


@dataclass(frozen=True, slots=True)
class Seen:
    """The roster as it stands, and when those work who are named on it."""

    roster: Roster
    works: Mapping[str, str]


def look_at_roster(desk: Desk, workspace: str) -> Seen:
    """The roster with who has left. Asks the chat for everybody who is named on it."""
    with desk.look() as uow:
        roster = roster_of(uow, workspace, desk.at())
        channels = uow.workspaces.listening(workspace)
    named = dict.fromkeys([*(one for team in roster.teams for one in (team.liaison, team.delegate)),
                           *(work.delegate for work in roster.work)])  # fmt: skip
    known: dict[str, Person] = {}
    for person in filter(None, named):
        with suppress(NotFound):
            known[person] = desk.person(workspace, person)
    gone = frozenset(one for one in named if one and (one not in known or known[one].is_gone))
    with desk.look() as uow:
        works = {
            one: works_words(uow, channel_of_liaison(channels, one), who, desk.at())
            for one, who in known.items()
            if channels
        }
    return Seen(replace(roster, gone=gone), works)


def roster_of(uow: UnitOfWork, workspace: str, now: datetime) -> Roster:
    """The roster as it stands, without who has left."""
    delegates = uow.roster.delegates(workspace)
    tools, channels = uow.catalogue.search(workspace, ToolFilter()), uow.workspaces.listening(workspace)
    named = uow.workspaces.roles(workspace).holders.get(Role.LIAISON, ())
    liaisons = [*(one.liaison for one in channels), *named]
    return Roster(
        teams=tuple(_team(channel, delegates) for channel in channels),
        work=(*_items(uow, workspace, delegates, now), *_tickets(uow, workspace, delegates)),
        it=tuple(dict.fromkeys(one for one in liaisons if one)),
        skills=uow.skills.of(workspace),
        profiles=uow.roster.profiles(workspace),
        away=_away(uow.absences.of(workspace), now),
        categories=tuple(dict.fromkeys(tool.category for tool in tools if tool.category)),
    )


def may_keep_roster(who: Person, roles: Roles) -> bool:
    """Whether somebody may say it for others: admins, the managers of both sides, CIO and CMO."""
    return may_set_up(who, roles) or (not who.is_guest and bool(roles.of(who.id) & KEEPERS))


def _team(channel: Channel, delegates: Delegates) -> Team:
    named = delegates.get(channel.id)
    return Team(
        channel.id,
        channel.name,
        channel.liaison,
        named.person if named else "",
        named.languages if named else (),
    )


def _items(uow: UnitOfWork, workspace: str, delegates: Delegates, now: datetime) -> list[Work]:
    """What is on the road map and has begun or begins within three months."""
    soon, found = months_on(now.date(), AHEAD_MONTHS), []
    for one in uow.roadmap_drafts.get(workspace).road_map.ranked:
        if one.is_open and one.start < soon:
            owner = one.owners.get(Side.MARKETING, "")
            found.append(_work(one.key, one.need, delegates, person_of(owner)))
    return found


def _tickets(uow: UnitOfWork, workspace: str, delegates: Delegates) -> list[Work]:
    """Tickets in delivery, and others that somebody was named for; who asked speaks for marketing otherwise."""
    running = uow.tickets.search(workspace, TicketFilter(only_open=True, limit=TICKETS_MOST))
    return [
        _work(one.name, one.title, delegates, one.requester)
        for one in running
        if one.state is State.IN_DELIVERY or (one.name in delegates and delegates[one.name].person)
    ]


def _work(about: str, title: str, delegates: Delegates, owner: str) -> Work:
    named = delegates[about].person if about in delegates else ""
    return Work(about, title, named or owner, is_owner=not named and bool(owner))


def _away(absences: Sequence[Absence], now: datetime) -> dict[str, str]:
    """Who is away now or from within a week on, with who stands in for them, if that is somebody who is there."""
    soon = [replace(one, starts_at=now) for one in absences if now < one.starts_at <= now + SOON]
    away = away_at([*absences, *soon], now)
    return {person: "" if delegate in away else delegate for person, delegate in away.items()}
