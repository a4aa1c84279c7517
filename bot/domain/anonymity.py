"""People who asked without their name: known by a token that is made anew for each question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PREFIX = "anonymous-"


@dataclass(frozen=True, slots=True)
class Seal:
    """Who stands behind a token, sealed under a key of its own together with the installation's secret key.

    Without `ticket_key` nobody can open it any more, with the secret key neither.
    """

    workspace: str
    token: str
    ticket_key: bytes
    sealed: bytes
    made_at: datetime


def is_anonymous(person: str) -> bool:
    """Whether it is a token, and not a person's id."""
    return person.startswith(PREFIX)
