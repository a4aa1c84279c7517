"""Sealing with a key for tests."""

from __future__ import annotations

from bot.messages import Request
from bot.secrets import Sealing, SecretKey
from bot.services.sealing import sealing

SEALS = Sealing(SecretKey(b"k" * 32), "pulse")


def sealed(request: Request) -> Request:
    """A request as the edge lets it in."""
    return sealing(SEALS, request)
