"""The submitted reason of a no to a policy."""

from __future__ import annotations

from bot.domain.signoff import Say
from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.reviews.policy_signing import sign_policy


def no(desk: Desk, request: Request) -> Reply:
    """Say no, and why."""
    who, reason = desk.person(request.workspace, request.actor), request.values["text"].strip()
    sign_policy(desk, who, request.workspace, request.context["policy"], Say.NO, reason)
    return NOTHING
