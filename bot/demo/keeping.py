"""The folder of a demo: its database, what was written in its chat, and what it was played from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from bot.demo.cast import WORKSPACE
from bot.demo.paper import Written
from bot.domain.errors import Permanent
from bot.messages import Address, MessageRef, Post
from storage.codec import dump_post, load_post

DATABASE, WRITTEN = "company.db", "company.json"
OURS = frozenset({DATABASE, WRITTEN, "secret.key", "sandbox.db", "running.lock", "detection"})
MEND = "Name an empty folder, or one that is not there yet: python -m bot demo company FOLDER"


@dataclass(frozen=True, slots=True)
class Played:
    """What a demo was played from: the day it ends before, its seed, its weeks."""

    today: date
    seed: int
    weeks: int


def holds_demo(folder: Path) -> bool:
    """Whether there is a whole demo in a folder."""
    return (folder / DATABASE).is_file() and (folder / WRITTEN).is_file()


def clear(folder: Path) -> None:
    """Make the folder ready for a demo: one that is there goes. Raises Permanent where something else is."""
    found = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    others = [name for name in found if not any(name == ours or name.startswith(f"{ours}-") for ours in OURS)]
    is_demo = DATABASE in found or WRITTEN in found
    if others or (found and not is_demo):
        what = (others or found)[0]
        raise Permanent(f"{folder} holds something that is no demo ({what}). Nothing was changed.", "demo", MEND)
    folder.mkdir(parents=True, exist_ok=True)
    for name in found:
        if (folder / name).is_file():
            (folder / name).unlink()


def keep_written(folder: Path, played: Played, written: Iterable[Written]) -> None:
    """Keep what was written in the chat, oldest first; with it the demo is whole."""
    told = {"today": played.today.isoformat(), "seed": played.seed, "weeks": played.weeks}
    lines = [json.dumps(told), *(json.dumps(_dumped(one)) for one in written)]
    (folder / WRITTEN).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_written(folder: Path) -> tuple[Played, Sequence[Written]]:
    """What a demo was played from, and what was written in its chat."""
    first, *rest = (folder / WRITTEN).read_text(encoding="utf-8").splitlines()
    told = json.loads(first)
    played = Played(date.fromisoformat(told["today"]), told["seed"], told["weeks"])
    return played, [_loaded(json.loads(line)) for line in rest]


def post_of(one: Written) -> Post:
    """A message of ours as it would be posted where it stands."""
    return Post(WORKSPACE, one.key, Address(one.ref.conversation, one.thread), one.card, one.key)


def _dumped(one: Written) -> dict[str, object]:
    told: dict[str, object] = {**asdict(one.ref), "thread": one.thread, "at": one.at.isoformat()}
    if one.author:
        return told | {"author": one.author, "text": one.text}
    return told | {"post": dump_post(post_of(one))}


def _loaded(told: dict[str, str]) -> Written:
    ref, at = MessageRef(told["conversation"], told["message"]), datetime.fromisoformat(told["at"])
    if "author" in told:
        return Written(ref, told["thread"], at, told["author"], told["text"])
    post = load_post(told["post"])
    return Written(ref, told["thread"], at, key=post.key, card=post.card)
