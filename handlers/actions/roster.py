"""The buttons of the roster."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.people.roster_form import delegate_form, person_form, team_form


def team(desk: Desk, request: Request) -> Reply:
    """The form for a team and its liaison."""
    return Reply(form=team_form(desk, request, request.value))


def delegate(desk: Desk, request: Request) -> Reply:
    """The form for who speaks for marketing about something."""
    return Reply(form=delegate_form(desk, request, request.value))


def person(desk: Desk, request: Request) -> Reply:
    """The form for one's own entry."""
    return Reply(form=person_form(desk, request, request.value))
