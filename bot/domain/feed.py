"""The secret link to the campaign calendar: one a person and workspace, of which only a digest is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Feed:
    """Who was given a link, and when; `digest` is what is kept of its token."""

    workspace: str
    person: str
    digest: str
    made_at: datetime


def digest_of(token: str) -> str:
    """What is kept of a token: SHA-256, in hexadecimal. The token is random and long, so it needs no salt."""
    return sha256(token.encode()).hexdigest()
