"""The submitted details of a ticket."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.kinds import kind_of
from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.intake.facts import facts_of, wrong_answers
from bot.services.tickets.revisions import revise


def handle(desk: Desk, request: Request) -> Reply:
    """Take them over."""
    questions = kind_of(request.context["kind"]).questions[1:]
    revise(desk, request, facts_of(questions, request.values))
    return NOTHING


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    questions = kind_of(request.context["kind"]).questions[1:]
    return wrong_answers(questions, request.values, request.at, request.context)
