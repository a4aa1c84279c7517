"""What stands in the campaign calendar: campaigns, freezes, maintenance windows and launches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.campaign_words import span_of, time_of
from bot.domain.errors import Invalid
from bot.domain.ticket import State, Ticket

MOST_NAME, MOST_SITE, MOST_NOTE = 150, 200, 1000
LONGEST = timedelta(days=400)
Read = TypeVar("Read")


class PlannedKind(StrEnum):
    """What is planned."""

    CAMPAIGN = "campaign"
    FREEZE = "freeze"
    MAINTENANCE = "maintenance"
    LAUNCH = "launch"


KIND_WORDS = {
    PlannedKind.CAMPAIGN: "Campaign",
    PlannedKind.FREEZE: "Freeze",
    PlannedKind.MAINTENANCE: "Maintenance",
    PlannedKind.LAUNCH: "Launch",
}
SIGNS = {
    PlannedKind.CAMPAIGN: "📣",
    PlannedKind.FREEZE: "🧊",
    PlannedKind.MAINTENANCE: "🔧",
    PlannedKind.LAUNCH: "🚀",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry, from `start` to before `end` (UTC). Raises Invalid with the field that can't be.

    is_day: whole days were named, no hours. site: a host, empty for all sites (of a campaign: not said yet).
    owner, grants: a person as `@ID`, an owner also in plain words; `grants` can allow an exception from a freeze.
    tool: what a launch needs. note: for IT alone. key: what it is known by in its workspace. series: what the
    events of one recurrence share. ticket: the number of a campaign's ticket, 0 if it has none.
    """

    kind: PlannedKind
    name: str
    start: datetime
    end: datetime
    site: str = ""
    owner: str = ""
    grants: str = ""
    tool: str = ""
    note: str = ""
    is_day: bool = False
    key: str = ""
    series: str = ""
    ticket: int = 0

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise Invalid("Please give it a name.", "name")
        if self.end <= self.start:
            raise Invalid("It ends before it begins. Please give an end after the start.", "end")
        if self.end - self.start > LONGEST:
            raise Invalid(f"It would last more than {LONGEST.days} days. Please check its years.", "end")

    @property
    def is_for_all_sites(self) -> bool:
        """Whether it concerns every site."""
        return not self.site

    @property
    def granter(self) -> str:
        """The id of who was named to grant exceptions, empty if nobody was."""
        return self.grants.removeprefix("@")

    def meets(self, other: Planned) -> bool:
        """Whether both are on at some time."""
        return self.start < other.end and other.start < self.end


def key_of(kind: PlannedKind, name: str, start: datetime) -> str:
    """What an entry is known by: the same kind, name and start is the same entry, wherever it comes from."""
    told = f"{kind}|{' '.join(name.casefold().split())}|{start.astimezone(UTC).isoformat()}"
    return sha256(told.encode()).hexdigest()[:24]


def whole_days(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last day, in UTC. Raises Invalid for years nobody plans in."""
    if not 1970 <= first.year <= 2199 or not 1970 <= last.year <= 2199:
        raise Invalid(
            f"The year {first.year if not 1970 <= first.year <= 2199 else last.year} can't be meant.", "start"
        )
    begin, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return begin.astimezone(UTC), end.astimezone(UTC)


def campaign_in_calendar(ticket: Ticket, zone: ZoneInfo, site: str) -> Planned | None:
    """A campaign's ticket as an entry, on a site by its host; None without a first day, or once it was withdrawn.

    It takes its whole first day, or what is left of it from the time that was said; longer if sending takes longer.
    """
    if ticket.starts_on is None or ticket.state is State.WITHDRAWN:
        return None
    start, end = whole_days(ticket.starts_on, ticket.starts_on, zone)
    at = _said(ticket, "time", time_of)
    if at is not None:
        start = datetime.combine(ticket.starts_on, at, zone).astimezone(UTC)
    end = max(end, start + timedelta(seconds=_said(ticket, "window", span_of) or 0.0))
    return Planned(
        PlannedKind.CAMPAIGN,
        ticket.title.strip() or ticket.name,
        start,
        end,
        site=site,
        owner=f"@{ticket.requester}" if ticket.requester else "",
        is_day=at is None,
        key=ticket.name,
        ticket=ticket.number,
    )


def _said(ticket: Ticket, key: str, read: Callable[[str], Read]) -> Read | None:
    """What was said of one thing; None where nothing was, or nothing that can be read."""
    try:
        return read(ticket.facts[key]) if ticket.facts.get(key) else None
    except Invalid:
        return None
