"""The submitted reason for or against an exception from a freeze."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import NOTHING, Reply, Request
from bot.services.calendar.exceptions import check_reason, decide_exception
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """Keep it."""
    decide_exception(desk, request)
    return NOTHING


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return check_reason(request)
