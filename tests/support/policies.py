"""The policy that ships, read once for all tests."""

from __future__ import annotations

from functools import cache

from bot.domain.policy import Policy
from bot.files import policy_text


@cache
def draft_policy() -> Policy:
    """The policy that ships."""
    return policy_text.read(policy_text.template())
