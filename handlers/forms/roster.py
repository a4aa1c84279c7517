"""The submitted forms of the roster."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.people.roster_form import (
    check_delegate,
    check_person,
    check_team,
    save_delegate,
    save_person,
    save_team,
)


def team(desk: Desk, request: Request) -> Reply:
    """Name a team's liaison."""
    return Reply(card=save_team(desk, request))


def check_named(request: Request) -> Mapping[str, str]:
    """What is wrong with a team, by field."""
    return check_team(request.values)


def delegate(desk: Desk, request: Request) -> Reply:
    """Name who speaks for marketing."""
    return Reply(card=save_delegate(desk, request))


def check_speaker(request: Request) -> Mapping[str, str]:
    """What is wrong with a delegate, by field."""
    return check_delegate(request.values)


def person(desk: Desk, request: Request) -> Reply:
    """Keep an entry."""
    return Reply(card=save_person(desk, request))


def check_entry(request: Request) -> Mapping[str, str]:
    """What is wrong with an entry, by field."""
    return check_person(request.values)
