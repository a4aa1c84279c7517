"""The sandbox's own side: its database, and its workspace set up as an admin would have done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.domain.people import Role
from bot.domain.workspace import Channel
from bot.now import utc_now
from bot.platforms.slack import sandbox as practice
from bot.services.channels import furnish
from bot.settings import Settings
from storage.engine import make_engine
from storage.queue import LEASE
from storage.store import Store

SANDBOX_FILE = "sandbox.db"
DEMO_SYNC_HOUR = 16


def sandbox_file(settings: Settings) -> Path:
    """The sandbox's database."""
    return settings.data_dir.resolve() / SANDBOX_FILE


def clear_sandbox(settings: Settings) -> None:
    """Forget the sandbox's database."""
    for leftover in settings.data_dir.glob(f"{SANDBOX_FILE}*"):
        leftover.unlink()


def open_sandbox_store(settings: Settings, speed: float = 1, *, fresh: bool = True) -> Store:
    """A fresh database for the sandbox, whose workspace starts afresh too, or the one that was made ready for it. In a
    demo that runs faster a lease still lasts a real minute.
    """
    if fresh:
        clear_sandbox(settings)
    store = Store(make_engine(f"sqlite:///{sandbox_file(settings)}"), utc_now, LEASE * speed)
    store.migrate()
    return store


def open_working_sandbox(settings: Settings) -> Store | None:
    """The sandbox's database as it stands, made by this program; None with chat tokens, or before the first run."""
    file = sandbox_file(settings)
    return None if settings.has_chat or not file.is_file() else Store(make_engine(f"sqlite:///{file}"), utc_now)


def furnish_sandbox(store: Store, zone: str, *, is_demo: bool = False) -> None:
    """Set up the sandbox's marketing channel with its people, as an admin would have done.

    In a demo that runs faster, the weekly sync is on the same afternoon.
    """
    now = utc_now()
    channel = Channel(
        practice.TEAM,
        practice.MARKETING,
        "marketing",
        listening=True,
        liaison=practice.LIAISON,
        zone=zone,
        set_up_at=now,
    )
    if is_demo:
        today = now.astimezone(channel.tz).weekday()
        channel = replace(channel, sync_weekday=today, sync_hour=DEMO_SYNC_HOUR)
    holders = {
        Role.ADMIN: [practice.IT_MANAGER],
        Role.LIAISON: [practice.LIAISON],
        Role.IT_MANAGER: [practice.IT_MANAGER],
        Role.MARKETING_MANAGER: [practice.MARKETING_MANAGER],
    }
    with store.unit_of_work() as uow:
        furnish(uow, channel, holders)
        for tool in practice.TOOLS:
            uow.catalogue.save(practice.TEAM, tool)
