"""Where a team meets: its marketing channel."""

from __future__ import annotations

from bot.domain.errors import Conflict
from bot.domain.workspace import Channel
from bot.ports import UnitOfWork

NO_CHANNEL = "There is no marketing channel set up yet. Type /itcheck setup in the channel where you meet."


def channel_for(uow: UnitOfWork, workspace: str, conversation: str) -> Channel:
    """The marketing channel whose sync is meant: the one it was asked in, else the first. Raises Conflict."""
    listening = [one for one in uow.workspaces.listening(workspace) if one.set_up_at is not None]
    for channel in listening:
        if channel.id == conversation:
            return channel
    if not listening:
        raise Conflict(NO_CHANNEL)
    return listening[0]
