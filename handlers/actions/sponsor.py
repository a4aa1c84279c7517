"""The buttons of sponsors."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.roadmap.sponsor_hand_over import answer_offer, hand_over_form
from bot.services.roadmap.sponsor_wanted import name_form
from bot.services.roadmap.sponsors import word_form


def word(desk: Desk, request: Request) -> Reply:
    """The form for a word on one's items."""
    return Reply(form=word_form(desk, request))


def hand_over(desk: Desk, request: Request) -> Reply:
    """The form that names the next sponsor."""
    return Reply(form=hand_over_form(desk, request))


def accept(desk: Desk, request: Request) -> Reply:
    """Take an item over."""
    return Reply(card=answer_offer(desk, request, accepted=True))


def decline(desk: Desk, request: Request) -> Reply:
    """Leave it with its sponsor."""
    return Reply(card=answer_offer(desk, request, accepted=False))


def name(desk: Desk, request: Request) -> Reply:
    """The form that names the sponsor of a ticket."""
    return Reply(form=name_form(desk, request, request.value))
