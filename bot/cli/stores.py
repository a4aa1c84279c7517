"""The store as the verbs of the command line open it, and the workspace they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.store import Store


def open_up_to_date() -> Store:
    """The store of the settings, migrated."""
    from bot.app import open_store
    from bot.settings import load_settings

    store = open_store(load_settings())
    store.migrate()
    return store


def only_workspace(store: Store, workspace: str) -> str:
    """The workspace that was named, else the only one there is. Raises Invalid if there are none or several."""
    from bot.domain.errors import Invalid

    if workspace:
        return workspace
    with store.unit_of_work() as uow:
        found = sorted({channel.workspace for channel in uow.workspaces.listening()})
    if len(found) != 1:
        raise Invalid(f"Say which workspace with --workspace: {', '.join(found) or 'none is set up yet'}.")
    return found[0]
