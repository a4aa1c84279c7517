"""Out of office: from when until when, who stands in, and what a chat status says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import Invalid

LONGEST = timedelta(days=366)
# Slack's own suggestions for a status are a palm tree for vacation and a thermometer for sick; a meeting is not away.
_SIGNS = (":palm_tree:", ":face_with_thermometer:", ":beach_with_umbrella:", ":desert_island:")
_WORDS = re.compile(
    r"\b(?:out of (?:the )?office|ooo|vacation(?:ing)?|(?:on|annual|parental|sick|maternity|paternity) leave"
    r"|on holidays?|out sick|off sick|pto|day off|away until|im urlaub|urlaub|krank(?:geschrieben)?|en vacances)\b",
    re.IGNORECASE,
)


class Source(StrEnum):
    """Where we know it from: the person said it, or their status does."""

    SAID = "said"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody away from `starts_at` until `ends_at` (None: until their status changes), and their delegate if any.

    `look_at`: the next instant at which something follows from it. `zone`: the person's.
    """

    workspace: str
    person: str
    source: Source
    starts_at: datetime
    ends_at: datetime | None = None
    delegate: str = ""
    zone: str = "UTC"
    look_at: datetime | None = None

    def is_on(self, at: datetime) -> bool:
        """True while they are away."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def has_begun(self) -> Absence:
        """It has begun and been dealt with: the next thing is its end."""
        return replace(self, look_at=self.ends_at)


def away_from(workspace: str, person: str, first: date, last: date, delegate: str, zone: str) -> Absence:
    """Away on whole days, first and last included, in the person's zone. Invalid for a span that cannot be."""
    if last < first:
        raise Invalid("The last day is before the first one.", "ends")
    if last - first > LONGEST:
        raise Invalid("That is more than a year. Please hand your tickets over instead.", "ends")
    if delegate == person:
        raise Invalid("You can't stand in for yourself. Please choose somebody else, or nobody.", "delegate")
    starts, ends = (_midnight(day, zone) for day in (first, last + timedelta(days=1)))
    return Absence(workspace, person, Source.SAID, starts, ends, delegate, zone, look_at=starts)


def last_day(absence: Absence) -> date | None:
    """The last day they are away, in their zone."""
    if absence.ends_at is None:
        return None
    return (absence.ends_at - timedelta(microseconds=1)).astimezone(ZoneInfo(absence.zone)).date()


def away_at(absences: Iterable[Absence], at: datetime) -> dict[str, str]:
    """Who is away at `at`, each with the delegate they named, or an empty string."""
    away: dict[str, str] = {}
    for one in absences:
        if one.is_on(at):
            away[one.person] = away.get(one.person) or one.delegate
    return away


def reads_as_away(status: str) -> bool:
    """Whether a status, its sign and its words, says that somebody is out of office."""
    return any(sign in status for sign in _SIGNS) or bool(_WORDS.search(status))


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
