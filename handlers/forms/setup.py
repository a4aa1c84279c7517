"""The submitted set-up form of a channel."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.agreement import check_agreement
from bot.services.channels import set_up
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """Make it a marketing channel."""
    return Reply(card=set_up(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong, by field."""
    return check_agreement(request.values)
