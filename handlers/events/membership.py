"""The bot was invited to a channel, or removed from one."""

from __future__ import annotations

from bot.messages import NOTHING, Reply, Request
from bot.services.channels import leave, offer_setup
from bot.services.desk import Desk


def joined(desk: Desk, request: Request) -> Reply:
    """Offer the set-up to whoever invited us."""
    offer_setup(desk, request)
    return NOTHING


def left(desk: Desk, request: Request) -> Reply:
    """Stop listening there."""
    leave(desk, request)
    return NOTHING
