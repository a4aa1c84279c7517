"""The submitted form of who is who."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.people.roles import check_people, name_people


def handle(desk: Desk, request: Request) -> Reply:
    """Give the roles."""
    return Reply(card=name_people(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return check_people(request.values)
