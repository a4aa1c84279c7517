"""What was said in a ticket's conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a ticket's conversation. `message` is its id in the chat, empty for an internal note."""

    author: str
    text: str
    at: datetime
    message: str = ""
    files: tuple[str, ...] = ()
    internal: bool = False
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
