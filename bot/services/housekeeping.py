"""Forgetting what is no longer needed, and trying again what was set aside."""

from __future__ import annotations

from datetime import timedelta

from bot.ports import Housekeeping, Now

KEPT = timedelta(days=30)


def forget_finished(store: Housekeeping, now: Now) -> bool:
    """Delete rows of inbox and outbox that were finished a month ago."""
    store.purge(now() - KEPT)
    return False
