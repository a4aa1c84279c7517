"""The weekly sync as a meeting that people put into their calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.workspace import Channel
from bot.ports import UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Meeting:
    """The sync of a channel, every week from `starts_at` (UTC) on at the same hour of its `zone`.

    `id` is the same for every week of a channel, so that a calendar has it once; `made_at`: when this was said.
    """

    id: str
    channel: str
    starts_at: datetime
    zone: str
    made_at: datetime


def meeting_of(look: UnitOfWorkFactory, workspace: str, conversation: str, slot: str) -> Meeting | None:
    """The meeting an agenda invites to; None if there is no such agenda."""
    with look() as uow:
        agenda = uow.agendas.get(workspace, conversation, slot)
        channel = uow.workspaces.channel(workspace, conversation) or Channel(workspace, conversation)
    if agenda is None or agenda.withdrawn:
        return None
    known = f"sync-{workspace}-{conversation}@it-liaison"
    return Meeting(known, channel.name, agenda.slot.at, channel.zone, agenda.posted_at)
