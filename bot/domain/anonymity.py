"""People who asked without their name: known by a token that is made anew for each question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

PREFIX = "anonymous-"
_FLAG = re.compile(r"(?<!\S)(?:--|–|—)anonym(?:ous(?:ly)?)?(?!\S)", re.IGNORECASE)  # a phone makes a dash of two


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


def wants_no_name(text: str) -> bool:
    """Whether some words say that they are asked anonymously."""
    return bool(_FLAG.search(text))


def without_flag(text: str) -> str:
    """The words without that."""
    return " ".join(_FLAG.sub("", text).split())
