"""`/itcheck away 2026-12-21 2027-01-04 @delegate`, without words a form; `/itcheck back`."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.people.absences import HOW, away_form, come_back, say_away


def opens_form(request: Request) -> bool:
    """Only without words."""
    return not request.text.strip()


def handle(desk: Desk, request: Request) -> Reply:
    """Note the days and who stands in, or show the form."""
    if opens_form(request):
        return Reply(form=away_form(desk, request))
    words = request.text.split()
    if not 2 <= len(words) <= 3:
        raise Invalid(HOW)
    return Reply(card=say_away(desk, request, words[0], words[1], words[2] if len(words) > 2 else ""))


def back(desk: Desk, request: Request) -> Reply:
    """Back in the office."""
    return Reply(card=come_back(desk, request))
