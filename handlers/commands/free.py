"""`/itcheck Können wir …?`: a question without a command in front."""

from __future__ import annotations

import re

from bot.messages import Button, Card, Reply, Request, Style, say
from bot.services.ask.anonymous import refuse_named
from bot.services.ask.answers import quoted
from bot.services.ask.ask import checked
from bot.services.ask.lookups import looked_up
from bot.services.campaigns.feasible import ASK_IT, feasible_card
from bot.services.desk import Desk
from bot.services.intake.intake import shorten

FEWEST_WORDS, SHOWN_MOST = 3, 120
_CAN_WE = re.compile(r"\W*(?:(?:can|could) we|k(?:ö|oe)nnen wir|pouvons[- ]nous|peut[- ]on|podemos)\b", re.IGNORECASE)


def is_question(request: Request) -> bool:
    """Some words with a question mark, or that ask whether we can."""
    typed = _typed(request)
    return len(typed.split()) >= FEWEST_WORDS and ("?" in typed or bool(_CAN_WE.match(typed)))


def handle(desk: Desk, request: Request) -> Reply:
    """What is known of it, always with the offer to ask IT: who asked so did not say that a ticket shall be opened."""
    refuse_named(request)
    question = checked(_typed(request))
    if _CAN_WE.match(question):
        return Reply(card=feasible_card(desk, request, question))
    return Reply(card=looked_up(desk, request, question) or quoted(desk, request, question) or _offer(question))


def _offer(question: str) -> Card:
    button = Button("Ask IT", ASK_IT, question, Style.PRIMARY)
    return Card(text=say("Shall I ask IT “{question}”?", question=shorten(question, SHOWN_MOST)), buttons=(button,))


def _typed(request: Request) -> str:
    typed = f"{request.name} {request.text}".strip()
    return typed[:1].upper() + typed[1:]
