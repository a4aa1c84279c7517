"""The submitted form of an absence."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.people.absences import say_away


def handle(desk: Desk, request: Request) -> Reply:
    """Note it."""
    values = request.values
    return Reply(card=say_away(desk, request, values["starts"], values["ends"], values.get("delegate", "")))


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong, by field."""
    starts, ends = (request.values.get(key, "").strip() for key in ("starts", "ends"))
    errors = {key: "Please choose a day." for key, day in (("starts", starts), ("ends", ends)) if not day}
    return errors or ({"ends": "The last day is before the first one."} if ends < starts else {})
