"""What every verb of the command line stands on: the store of its settings, the data folder, the rules that ship.

Apart from bot/app.py, so that a verb that only reads or writes the store starts without chat and web.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile

from bot.detection.market import on_the_market
from bot.files import policy_text, questions_text
from bot.findings import Finding
from bot.now import utc_now
from bot.services.desk import Rulebook, Rules
from bot.settings import Settings
from storage.engine import make_engine
from storage.queue import LEASE
from storage.store import Store


def open_store(settings: Settings, lease: timedelta = LEASE) -> Store:
    """The store of these settings, not migrated yet. `lease`: how long what a process has begun is its own."""
    return Store(make_engine(settings.store_url), utc_now, lease)


def data_folder_finding(settings: Settings) -> Finding:
    """Whether the data folder can be written; makes it if it is not there."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        mend = "Choose another with DATA_DIR=/some/folder, or change its owner."
        return Finding("Data folder", False, f"{folder} can't be written: {error.strerror}.", mend)
    return Finding("Data folder", True, f"{folder.resolve()} can be written.")


def rulebook() -> Rulebook:
    """The rules as they ship, for who has no chat at hand."""
    return Rules(utc_now, on_the_market, policy_text.read(policy_text.template()), questions_text.shipped())


def learned_folder(settings: Settings) -> Path:
    """Where what the workspace's answers have taught the detector is kept."""
    return settings.data_dir / "detection"
