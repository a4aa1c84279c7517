"""The buttons under an answer, a quoted one or a person's."""

from __future__ import annotations

from bot.domain.helpfulness import Verdict
from bot.messages import Card, Reply, Request, say
from bot.services.ask.answers import ask_liaison, others, rate
from bot.services.ask.drafting import draft as drafted
from bot.services.ask.ratings import rate_answer
from bot.services.desk import Desk


def helps(desk: Desk, request: Request) -> Reply:
    """It was what they wanted."""
    rate(desk, request, Verdict.HELPS)
    return Reply(card=Card(text=say("Glad that helps.")), replaces=True)


def not_quite(desk: Desk, request: Request) -> Reply:
    """What else is written down, and the offer to ask a person."""
    return Reply(card=others(desk, request, rate(desk, request, Verdict.NOT_QUITE)), replaces=True)


def draft(desk: Desk, request: Request) -> Reply:
    """A draft of an answer, for their eyes."""
    return Reply(card=drafted(desk, request))


def liaison(desk: Desk, request: Request) -> Reply:
    """A ticket for the question."""
    number, colon, question = request.value.partition(":")
    told = (number, question) if colon and (number.isdigit() or not number) else ("", request.value)
    return Reply(card=ask_liaison(desk, request, told[1], told[0]), replaces=True)


def rated(desk: Desk, request: Request) -> Reply:
    """Whether a person's answer helped."""
    return Reply(card=rate_answer(desk, request))
