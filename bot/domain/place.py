"""Where in the chat something is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the chat: a conversation, the root message of a thread in it, and the message itself."""

    conversation: str
    thread: str = ""
    message: str = ""
