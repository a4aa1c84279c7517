"""What happens around the road map and appears on it by itself: tools, renewals, retirements, campaigns, freezes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.planned import KIND_WORDS, SIGNS, Planned, PlannedKind
from bot.domain.renewal import PAID, notice_deadline
from bot.domain.roadmap_review import Around, Awaited
from bot.messages import Strong, Text, say
from bot.ports import ToolFilter, UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.calendar.outlook import outlook
from bot.services.intake.intake import shorten

TOOLS_MOST, NAME_MOST = 20_000, 60
LATELY = timedelta(days=365)
RENEWAL, RETIREMENT, APPROVED = "Renewal", "Retirement", "Approved tool"
SHOWN = frozenset({PlannedKind.CAMPAIGN, PlannedKind.FREEZE, PlannedKind.LAUNCH})


@dataclass(frozen=True, slots=True)
class Event:
    """Something on some days that nobody had to put on the road map: what kind of thing, its name, and its line."""

    kind: str
    name: str
    first: date
    last: date
    text: Text


def events_between(uow: UnitOfWork, workspace: str, first: date, last: date, zone: ZoneInfo) -> tuple[Event, ...]:
    """Everything from a first to a last day, in order of time."""
    found = [*_tools(uow, workspace, first, last), *_planned(uow, workspace, first, last, zone)]
    return tuple(sorted(found, key=lambda one: (one.first, one.kind, one.name)))


def around(uow: UnitOfWork, workspace: str, first: date, last: date, zone: ZoneInfo) -> Around:
    """What waits for the road map's technology between two days, and the tools that were approved lately."""
    planned = _entries(uow, workspace, first, last, zone)
    awaited = tuple(
        Awaited(one.name, one.start.astimezone(zone).date(), one.ticket, one.tool)
        for one in planned
        if one.kind in {PlannedKind.CAMPAIGN, PlannedKind.LAUNCH} and one.start.astimezone(zone).date() >= first
    )
    wanted = ToolFilter(statuses=(ToolStatus.APPROVED, ToolStatus.TRIAL), limit=TOOLS_MOST)
    since = datetime.combine(first, time(), zone) - LATELY
    fresh = (one for one in uow.catalogue.search(workspace, wanted) if one.decided and one.decided.at >= since)
    return Around(awaited, tuple(one.name for one in fresh))


def _tools(uow: UnitOfWork, workspace: str, first: date, last: date) -> Iterator[Event]:
    for tool in uow.catalogue.search(workspace, ToolFilter(statuses=PAID, limit=TOOLS_MOST)):
        if tool.status is ToolStatus.RETIRING:
            yield _retires(tool, first)
        elif tool.renews_on and first <= tool.renews_on <= last:
            yield _renews(tool, tool.renews_on)
        if tool.status is ToolStatus.APPROVED and tool.decided and tool.decided.at.date() >= first - timedelta(days=31):
            yield _approved(tool, tool.decided.at.date())


def _retires(tool: Tool, today: date) -> Event:
    day = max(today, tool.renews_on or today)
    when = f" by {_day(day)}" if tool.renews_on else ""
    text = say("📦 {name} is on its way out{when}", name=Strong(shorten(tool.name, NAME_MOST)), when=when)
    return Event(RETIREMENT, tool.name, day, day, text)


def _renews(tool: Tool, day: date) -> Event:
    notice, cost = notice_deadline(tool), f" for {tool.yearly} a year" if tool.yearly else ""
    told = f", notice by {_day(notice)}" if notice and notice != day else ""
    name = Strong(shorten(tool.name, NAME_MOST))
    text = say("🔁 {name} renews on {day}{cost}{told}", name=name, day=_day(day), cost=cost, told=told)
    return Event(RENEWAL, tool.name, day, day, text)


def _approved(tool: Tool, day: date) -> Event:
    text = say("🧰 {name} was approved on {day}", name=Strong(shorten(tool.name, NAME_MOST)), day=_day(day))
    return Event(APPROVED, tool.name, day, day, text)


def _planned(uow: UnitOfWork, workspace: str, first: date, last: date, zone: ZoneInfo) -> Iterator[Event]:
    for one in _entries(uow, workspace, first, last, zone):
        if one.kind not in SHOWN:
            continue
        begin, end = one.start.astimezone(zone).date(), (one.end - timedelta(microseconds=1)).astimezone(zone).date()
        ticket = f"IT-{one.ticket} " if one.ticket else ""
        when = _day(begin) if begin == end else f"{_day(begin)} – {_day(end)}"
        name = Strong(f"{ticket}{shorten(one.name, NAME_MOST)}")
        kind = KIND_WORDS[one.kind].lower()
        text = say("{sign} {name}, {kind}: {when}", sign=SIGNS[one.kind], name=name, kind=kind, when=when)
        yield Event(KIND_WORDS[one.kind], f"{ticket}{one.name}", begin, end, text)


def _entries(uow: UnitOfWork, workspace: str, first: date, last: date, zone: ZoneInfo) -> tuple[Planned, ...]:
    since = datetime.combine(first, time(), zone).astimezone(UTC)
    until = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    return outlook(uow, workspace, since, until, zone).planned


def _day(day: date) -> str:
    return f"{day_words(day)} {day:%Y}"
