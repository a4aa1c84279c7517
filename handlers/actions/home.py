"""Turning pages, in a list and in Home."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.tickets.home import home_of
from bot.services.tickets.overview import list_tickets


def turn_list(desk: Desk, request: Request) -> Reply:
    """Another page of a list, in place."""
    which, _, page = request.value.partition(":")
    card = list_tickets(desk, request.workspace, request.actor, which, _page(page))
    return Reply(card=card, replaces=True)


def turn_home(desk: Desk, request: Request) -> Reply:
    """Another page of Home."""
    return Reply(home=home_of(desk, request.workspace, request.actor, _page(request.value.partition(":")[2])))


def _page(words: str) -> int:
    return int(words) if words.isdigit() and len(words) < 6 else 0
