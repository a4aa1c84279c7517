"""The submitted forms of the road map: an item, and a no to a revision."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.signoff import Say
from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.roadmap.review_decisions import check_decision, decide_item
from bot.services.roadmap.roadmap import check_item, save_item
from bot.services.roadmap.roadmap_signing import sign
from bot.services.roadmap.show import show_item


def handle(desk: Desk, request: Request) -> Reply:
    """Put it into the draft, and show it."""
    item = save_item(desk, request)
    return Reply(card=show_item(desk, request, item.key))


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return check_item(request.values, request.context)


def decide(desk: Desk, request: Request) -> Reply:
    """Take a decision of a review down."""
    decide_item(desk, request)
    return NOTHING


def check_decided(request: Request) -> Mapping[str, str]:
    """What is wrong with a decision, by field."""
    return check_decision(request.values)


def no(desk: Desk, request: Request) -> Reply:
    """Say no, and why."""
    who, reason = desk.person(request.workspace, request.actor), request.values["text"].strip()
    sign(desk, who, request.workspace, request.context["revision"], Say.NO, reason)
    return NOTHING
