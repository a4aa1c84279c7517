"""The weekly sync agenda: when it is due, what is on it, in which order, and how much of it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATEST = timedelta(days=2)
WEEK = timedelta(days=7)
CHARACTERS_MOST = 3000
LINES_MOST = 8
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekly date of a channel: its local name (`2026-W47`) and its instant in UTC."""

    name: str
    at: datetime

    def is_too_old(self, now: datetime) -> bool:
        """An agenda missed by more than two days is dropped."""
        return now - self.at > LATEST


def latest_slot(now: datetime, zone: ZoneInfo, weekday: int, hour: int) -> Slot:
    """The last weekly date at or before `now`. Named by the local week, so that no change of clocks doubles it."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - weekday) % 7)
    slot = _slot(day.isocalendar(), datetime.combine(day, time(hour), zone))
    if slot.at > now:
        earlier = day - WEEK
        slot = _slot(earlier.isocalendar(), datetime.combine(earlier, time(hour), zone))
    return slot


def next_slot(now: datetime, zone: ZoneInfo, weekday: int, hour: int) -> Slot:
    """The first weekly date after `now`."""
    return slot_after(latest_slot(now, zone, weekday, hour), zone, 1)


def slot_after(slot: Slot, zone: ZoneInfo, weeks: int) -> Slot:
    """The weekly date some weeks later, at the same local hour; earlier for a negative number."""
    local = slot.at.astimezone(zone)
    day = local.date() + weeks * WEEK
    return _slot(day.isocalendar(), datetime.combine(day, local.time(), zone))


def _slot(week: tuple[int, int, int], at: datetime) -> Slot:
    return Slot(f"{week[0]}-W{week[1]:02d}", at.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Alarm:
    """A clock of a ticket (by number and the clock's kind) that passed its warning share, or its due time."""

    number: int
    clock: str
    at: datetime
    breached: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """What was put on the table for one weekly sync of a channel, when it was posted: tickets by number, ranked.

    It covers what happened from `since` until `posted_at`. `skipped`: the date before it was missed. `withdrawn`:
    it never reached the chat and was dropped. `settled`: tickets of the last agenda that have found their end.
    """

    workspace: str
    conversation: str
    slot: Slot
    since: datetime
    posted_at: datetime
    skipped: bool = False
    decisions: tuple[int, ...] = ()
    late: tuple[Alarm, ...] = ()
    opened: tuple[int, ...] = ()
    campaigns: tuple[int, ...] = ()
    settled: tuple[int, ...] = ()
    withdrawn: bool = False
    revision: int = 0

    @property
    def name(self) -> str:
        """What its buttons carry: channel and week, such as `C1:2026-W47`."""
        return f"{self.conversation}:{self.slot.name}"

    @property
    def key(self) -> str:
        """The key of its one message, and the slot it is posted for."""
        return f"agenda:{self.name}"

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every ticket on it, once."""
        late = (alarm.number for alarm in self.late)
        return tuple(dict.fromkeys([*self.decisions, *late, *self.opened, *self.campaigns, *self.settled]))


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a person wants to talk about at the next sync of a channel."""

    workspace: str
    conversation: str
    words: str
    by: str
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided at a sync, by whom (`by`), who wrote it down, and on which ticket, if on one."""

    workspace: str
    conversation: str
    agenda: str
    what: str
    by: str
    recorded_by: str
    at: datetime
    ticket: int | None = None
    id: int = 0


def is_skipped(slot: Slot, before: Slot | None, set_up_at: datetime, zone: ZoneInfo) -> bool:
    """Whether the date before `slot` was missed. `before`: the date of the last agenda there was."""
    earlier = slot_after(slot, zone, -1)
    return before.name != earlier.name if before else earlier.at >= set_up_at


def rank(candidates: Iterable[tuple[int, datetime | None, datetime]]) -> tuple[int, ...]:
    """Tickets (number, deadline, opened at) as they should be decided: the nearest deadline first, then the oldest."""
    return tuple(number for number, _, _ in sorted(candidates, key=lambda one: (one[1] or NEVER, one[2], one[0])))


def latest_alarms(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Of each clock only the gravest alarm: once it is late, nobody needs the warning. Breaches first, then by time."""
    gravest: dict[tuple[int, str], Alarm] = {}
    for alarm in sorted(alarms, key=lambda one: (one.breached, one.at)):
        gravest[alarm.number, alarm.clock] = alarm
    return tuple(sorted(gravest.values(), key=lambda one: (not one.breached, one.at, one.number)))


def fit(sizes: Mapping[str, Sequence[int]], most: int = CHARACTERS_MOST, lines: int = LINES_MOST) -> dict[str, int]:
    """How many lines of each section are shown: `lines` at most, all together within `most` characters.

    `sizes`: the lengths of each section's lines. What is too much is taken from the longest section first; one line
    of each stays.
    """
    shown = {name: min(len(each), lines) for name, each in sizes.items()}
    while sum(sum(sizes[name][:count]) for name, count in shown.items()) > most:
        longest = max(shown, key=lambda name: shown[name])
        if shown[longest] <= 1:
            break
        shown[longest] -= 1
    return shown
