"""What the bots of a chaos round must also post by themselves: an agenda in each channel, a breach on each question."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.agreed import WORKSPACE, CalendarEdition, TargetsEdition
from bot.domain.hours import WEEKDAYS, Calendar
from bot.domain.kinds import QUESTION
from bot.domain.targets import Priority, Targets
from bot.domain.workspace import Channel
from storage.store import Store

SETTLED_WITHIN_S = 15
LONG_SET_UP = timedelta(days=8)


def due_now(channel: Channel, now: datetime) -> Channel:
    """The channel with its weekly sync at the full hour that has just passed."""
    return replace(
        channel, zone="UTC", sync_weekday=now.weekday(), sync_hour=now.astimezone(UTC).hour, set_up_at=now - LONG_SET_UP
    )


def promise(store: Store, workspace: str, now: datetime) -> None:
    """Questions are to be settled within seconds, around the clock: nobody does, so each of them is late."""
    kinds = {QUESTION.key: dict.fromkeys(Priority, SETTLED_WITHIN_S)}
    always = Calendar("UTC", {day: [("00:00", "24:00")] for day in WEEKDAYS})
    with store.unit_of_work() as uow:
        uow.agreements.save_targets(workspace, TargetsEdition(1, now - LONG_SET_UP, Targets(of_kinds=kinds)))
        uow.agreements.save_calendar(workspace, CalendarEdition(WORKSPACE, 1, now - LONG_SET_UP, always))


def unkept(questions: Iterable[str], channels: Iterable[str], posted: Collection[str]) -> list[str]:
    """What is missing among the keys of all posts. `questions`: names of tickets, such as IT-12."""
    breaches = {key.partition(":")[0] for key in posted if ":sla:resolution:1:" in key and key.endswith(":breach")}
    agendas = {key.split(":")[1] for key in posted if key.startswith("agenda:")}
    missing = [f"no breach of {name}" for name in questions if name not in breaches]
    return missing + [f"no agenda of {channel}" for channel in channels if channel not in agendas]
