"""The filled questions of due diligence."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.diligence.diligence_answers import keep_answers
from bot.services.diligence.diligence_form import check_answers
from bot.services.diligence.own_questions import check_own, keep_own


def handle(desk: Desk, request: Request) -> Reply:
    """Keep what is new."""
    return Reply(card=keep_answers(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong, by field."""
    return check_answers(request.values)


def own(desk: Desk, request: Request) -> Reply:
    """Keep a question of the workspace's own."""
    return Reply(card=keep_own(desk, request))


def check_question(request: Request) -> Mapping[str, str]:
    """What is missing, by field."""
    return check_own(request.values)
