"""The demo, made: a folder with a company and its half year."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from bot.app import make_desks
from bot.bench.dial import Dial
from bot.demo.floor import DeskWith, Floor
from bot.demo.half_year import Tell, beginning, morning_of, on_paper, play
from bot.demo.keeping import DATABASE, Played, clear, keep_written
from bot.files import policy_text
from bot.ports import UnitOfWorkFactory
from bot.practice import SANDBOX_FILE
from bot.services.desk import Desk
from bot.settings import Settings
from storage.engine import make_engine
from storage.store import Store


def make(folder: Path, played: Played, tell: Tell) -> Floor:
    """Fill a folder with the demo; the floor on which it was played comes back, its store closed.

    Raises Permanent where the folder holds something else.
    """
    clear(folder)
    begin = beginning(played.today, played.weeks)
    clock = Dial(morning_of(begin))
    # In memory: it is quicker, and half a demo leaves nothing behind.
    paper, store = on_paper(clock), Store(make_engine("sqlite://"), clock)
    store.migrate()
    settings = Settings(data_dir=folder, _env_file=None)
    desk_with = make_desks(settings, store, paper, lambda *_: "")
    floor = Floor(store, clock, paper, _by(clock, desk_with))
    try:
        play(floor, policy_text.read(policy_text.template()), (begin, played.today), played.seed, tell)
        store.copy_to(folder / DATABASE)
        shutil.copyfile(folder / DATABASE, folder / SANDBOX_FILE)  # for the verbs of the command line
    finally:
        store.close()
    keep_written(folder, played, paper.written)
    return floor


def _by(clock: Dial, desk_with: DeskWith) -> DeskWith:
    def timed(unit_of_work: UnitOfWorkFactory) -> Desk:
        return replace(desk_with(unit_of_work), now=clock)

    return timed
