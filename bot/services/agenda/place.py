"""Where a team meets: its marketing channels."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import Conflict
from bot.domain.workspace import Channel
from bot.ports import UnitOfWork
from bot.services.desk import Desk

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


def channel_of_liaison(channels: Sequence[Channel], person: str) -> Channel:
    """The first channel that somebody (an id, or an empty string) is the liaison of, else the first there is."""
    return next((one for one in channels if person and one.liaison == person), channels[0])


def channels_with_road_map(desk: Desk) -> list[Sequence[Channel]]:
    """The marketing channels of each workspace that has a road map, at least one. What is for all goes to the first."""
    with desk.look() as uow:
        workspaces = uow.roadmap_drafts.workspaces()
    return [channels for channels in channels_by_workspace(desk) if channels[0].workspace in workspaces]


def channels_by_workspace(desk: Desk) -> list[Sequence[Channel]]:
    """The marketing channels of each workspace that has any."""
    with desk.look() as uow:
        listening = [one for one in uow.workspaces.listening() if one.set_up_at is not None]
    found: dict[str, list[Channel]] = {}
    for channel in listening:
        found.setdefault(channel.workspace, []).append(channel)
    return list(found.values())
