"""The store as the verbs of the command line open it, and the workspace they mean."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.store import Store


def open_up_to_date() -> Store:
    """The store that the bot of these settings works with, migrated.

    Without chat tokens it is the sandbox's, if there is one, which is then said on stderr.
    """
    from bot.ground import open_store
    from bot.practice import open_working_sandbox
    from bot.settings import load_settings

    settings = load_settings()
    practice = open_working_sandbox(settings)
    store = practice or open_store(settings)
    store.migrate()
    if practice is not None:
        print(f"(the practice workspace of `make run`, in {settings.data_dir})", file=sys.stderr)
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
