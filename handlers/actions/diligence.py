"""The buttons of due diligence: answer its questions, ask the requester, make a file for the vendor."""

from __future__ import annotations

from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.diligence.diligence_asking import ask_requester, send_to_vendor
from bot.services.diligence.diligence_form import diligence_form
from bot.services.diligence.diligence_reading import answers_card
from bot.services.diligence.further_questions import further_questions
from bot.services.diligence.own_questions import own_form


def answer(desk: Desk, request: Request) -> Reply:
    """The form with the questions that are theirs."""
    return Reply(form=diligence_form(desk, request))


def see(desk: Desk, request: Request) -> Reply:
    """Every answer there is, for their eyes."""
    return Reply(card=answers_card(desk, request))


def more(desk: Desk, request: Request) -> Reply:
    """A draft of further questions, for their eyes."""
    return Reply(card=further_questions(desk, request))


def ask(desk: Desk, request: Request) -> Reply:
    """Ask the requester."""
    ask_requester(desk, desk.person(request.workspace, request.actor), request.workspace, request.value)
    return NOTHING


def send(desk: Desk, request: Request) -> Reply:
    """Hand out the file."""
    return Reply(card=send_to_vendor(desk, request))


def own(desk: Desk, request: Request) -> Reply:
    """The form for a question of the workspace's own."""
    return Reply(form=own_form(desk, request))
