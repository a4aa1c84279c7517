"""Counting after a simulated stretch of time: was everything that had to be said said, and once?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.bench.walker import Agenda, Notice

Due = Notice | Agenda
NOTICE = re.compile(r"IT-(\d+):sla:(\w+):1:.*:(75|breach)(:dm:.+)?")
AGENDA = re.compile(r"agenda:([^:]+):(\d{4}-W\d\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """The count. `posted`: of what was expected, messages to a thread, a person or a channel; `stray`: what nobody
    expected. `lost`, `doubled` and `stray` in words.
    """

    moments: int
    tickets: int
    kills: int
    other_faults: int
    expected: int
    posted: int
    messages: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    stray: tuple[str, ...]


def compare(
    due: Collection[Due], taken: Mapping[tuple[str, str], int], faults: Mapping[str, int], moments: int, tickets: int
) -> Found:
    """Compare what was due with the keys of what the chat took. A notice goes to the thread and to the liaison."""
    wanted = Counter({one: 2 if isinstance(one, Notice) else 1 for one in due})
    seen: Counter[Due] = Counter()
    for workspace, key in taken:
        seen.update(_meant(workspace, key))
    kills = sum(number for what, number in faults.items() if what.startswith("kill"))
    return Found(
        moments=moments,
        tickets=tickets,
        kills=kills,
        other_faults=faults.get("cut", 0) + faults.get("lost answer", 0),
        expected=wanted.total(),
        posted=(wanted & seen).total(),
        messages=sum(taken.values()),
        lost=tuple(f"{one}" for one in (wanted - seen)),
        doubled=tuple(f"{key} in {of}, {times} times" for (of, key), times in taken.items() if times > 1),
        stray=tuple(f"{one}" for one in (seen - wanted)),
    )


def _meant(workspace: str, key: str) -> Iterator[Due]:
    if notice := NOTICE.fullmatch(key):
        yield Notice(workspace, int(notice[1]), notice[2], notice[3])
    if agenda := AGENDA.fullmatch(key):
        yield Agenda(workspace, agenda[1], agenda[2])
