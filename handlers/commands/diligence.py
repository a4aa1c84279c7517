"""`/itcheck diligence IT-12 [it|vendor|marketer]`: the questions about a tool that are yours.

`/itcheck diligence questions`: what a workspace asks beside those that ship.
"""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.diligence.diligence_form import diligence_form
from bot.services.diligence.own_questions import own_card

QUESTIONS = "questions"


def opens_form(request: Request) -> bool:
    """Only with a ticket."""
    return request.text.strip().lower() not in {"", QUESTIONS}


def handle(desk: Desk, request: Request) -> Reply:
    """The form; or the own questions, for their eyes."""
    if request.text.strip().lower() == QUESTIONS:
        return Reply(card=own_card(desk, request))
    return Reply(form=diligence_form(desk, replace(request, value=request.text)))
