"""The submitted forms of sponsors."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.roadmap.sponsor_hand_over import check_hand_over, check_taker, offer
from bot.services.roadmap.sponsor_wanted import name_sponsor
from bot.services.roadmap.sponsors import check_word, keep_word


def word(desk: Desk, request: Request) -> Reply:
    """Keep a word."""
    return Reply(card=keep_word(desk, request))


def check_said(request: Request) -> Mapping[str, str]:
    """What is wrong with a word, by field."""
    return check_word(request.values)


def hand_over(desk: Desk, request: Request) -> Reply:
    """Ask the next sponsor."""
    return Reply(card=offer(desk, request))


def check_named(request: Request) -> Mapping[str, str]:
    """What is wrong with a hand-over, by field."""
    return check_hand_over(request.values)


def name(desk: Desk, request: Request) -> Reply:
    """Ask the sponsor of a ticket."""
    return Reply(card=name_sponsor(desk, request))


def check_sponsor(request: Request) -> Mapping[str, str]:
    """What is wrong with the sponsor named, by field."""
    return check_taker(request.values)
