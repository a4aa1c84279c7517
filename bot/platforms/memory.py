"""What a chat platform without a memory of its own is lent."""

from __future__ import annotations

from typing import Protocol

from bot.ports.places import Acquaintances, Awaited, Places, SentMessages


class Memory(Places, Acquaintances, SentMessages, Awaited, Protocol):
    """Conversations, people, messages sent and answers that are awaited."""
