"""What must be said and when, worked out in the plainest way there is: a walk by quarters of an hour, in local time.

Nothing of the product's own rules is used here, so that both can be compared. Every instant is a whole quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

QUARTER = timedelta(minutes=15)
LATEST_AGENDA = timedelta(days=2)
WARN_PERCENT = 75
BREACH = "breach"
FIRST_HOURS = {"high": 1, "normal": 4, "low": 8}
RESOLUTION_HOURS = {"high": 8, "normal": 24, "low": 40}


@dataclass(frozen=True, slots=True)
class Place:
    """A marketing channel: its workspace, zone, and the weekday (Monday is 0) and hour of its agenda."""

    workspace: str
    id: str
    zone: str
    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class Tale:
    """A ticket's life, in numbers of moments: when it is opened, answered and resolved (None: never)."""

    place: Place
    number: int
    priority: str
    opened: int
    answered: int | None
    resolved: int | None


class Notice(NamedTuple):
    """A notice of one clock of a ticket: `75` or `breach`."""

    workspace: str
    number: int
    clock: str
    stage: str


class Agenda(NamedTuple):
    """The agenda of a channel for a local week such as `2026-W44`."""

    workspace: str
    channel: str
    week: str


def agendas_due(place: Place, moments: Sequence[datetime]) -> Iterator[Agenda]:
    """The agendas of a channel: of every week that has a moment from its date on until two days later."""
    zone = ZoneInfo(place.zone)
    day, last = min(moments).date(), max(moments).date() + timedelta(days=1)
    while day <= last:
        at = datetime.combine(day, time(place.hour), zone).astimezone(UTC)
        in_time = any(at <= now <= at + LATEST_AGENDA for now in moments)
        if day.weekday() == place.weekday and at >= moments[0] and in_time:
            yield Agenda(place.workspace, place.id, _week(day))
        day += timedelta(days=1)


def notices_due(tale: Tale, moments: Sequence[datetime]) -> Iterator[Notice]:
    """The notices of a ticket. At each moment the bot looks first, and then people act."""
    ends = [end for end in (tale.answered, tale.resolved) if end is not None]
    for clock, hours, met in (
        ("first_response", FIRST_HOURS, min(ends, default=None)),
        ("resolution", RESOLUTION_HOURS, tale.resolved),
    ):
        for stage in _stages(tale, hours[tale.priority] * 4, met, moments):
            yield Notice(tale.place.workspace, tale.number, clock, stage)


def _stages(tale: Tale, quarters: int, met: int | None, moments: Sequence[datetime]) -> Iterator[str]:
    """A warning once the reader had an open moment since it was due, a breach at once; each is read in open hours.

    What nobody could read before it was settled is not said any more; a breach leaves no room for a warning.
    """
    zone = ZoneInfo(tale.place.zone)
    began = moments[tale.opened]
    due = _walked(began, quarters, zone)
    readable = _next_open(_walked(began, quarters * WARN_PERCENT // 100, zone), zone)
    warned = False
    for number in range(tale.opened + 1, len(moments) if met is None else met + 1):
        now = moments[number]
        if now >= due:
            if _is_said(number, met, moments, zone):
                yield BREACH
            return
        if now >= readable and not warned:
            warned = True
            if _is_said(number, met, moments, zone):
                yield str(WARN_PERCENT)


def _is_said(number: int, met: int | None, moments: Sequence[datetime], zone: ZoneInfo) -> bool:
    """Whether the bot came by in open hours, from when it was found, before it was settled."""
    reads = _next_open(moments[number], zone)
    last = len(moments) - 1 if met is None else met
    return any(moments[later] >= reads for later in range(number, last + 1))


def _walked(at: datetime, quarters: int, zone: ZoneInfo) -> datetime:
    while quarters:
        quarters -= _is_open(at, zone)
        at += QUARTER
    return at


def _next_open(at: datetime, zone: ZoneInfo) -> datetime:
    while not _is_open(at, zone):
        at += QUARTER
    return at


def _is_open(at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    return local.weekday() < 5 and 9 <= local.hour < 17


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
