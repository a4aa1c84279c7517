"""What stands in the campaign calendar for some time, tickets and entries together, and what conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.campaign_words import host_of
from bot.domain.catalogue import ToolStatus, topic
from bot.domain.conflicts import Conflict, allowed, conflicts
from bot.domain.exemption import Standing
from bot.domain.kinds import CAMPAIGN
from bot.domain.planned import Planned, PlannedKind, campaign_in_calendar
from bot.domain.sites import KnownSite, site_called
from bot.domain.ticket import Ticket
from bot.ports import TicketFilter, UnitOfWork
from bot.services.tools.catalogue import find_tool

READY = frozenset({ToolStatus.APPROVED, ToolStatus.TRIAL})
LONGEST_CAMPAIGN = timedelta(days=8)  # from the first day to the end of sending
TICKETS_MOST = 2000


@dataclass(frozen=True, slots=True)
class Outlook:
    """Entries by start, from `since` to before `until`; tickets by number; times are shown in `zone`."""

    since: datetime
    until: datetime
    zone: ZoneInfo
    planned: tuple[Planned, ...]
    conflicts: tuple[Conflict, ...]
    tickets: Mapping[int, Ticket]


def outlook(uow: UnitOfWork, workspace: str, since: datetime, until: datetime, zone: ZoneInfo) -> Outlook:
    """What is planned from `since` to before `until`."""
    tickets = campaigns_between(uow, workspace, since, until, zone)
    sites = uow.sites.of(workspace)
    campaigns = [one for ticket in tickets if (one := in_calendar(ticket, sites, zone)) and _is_on(one, since, until)]
    told = {topic(one.name) for one in campaigns}
    stored = [
        one
        for one in uow.plans.between(workspace, since, until)
        if one.kind is not PlannedKind.CAMPAIGN or topic(one.name) not in told  # its ticket says it better
    ]
    planned = sorted([*campaigns, *stored], key=lambda one: (one.start, one.end, one.name))
    tools = {one.tool: _is_ready(uow, workspace, one.tool) for one in planned if one.tool}
    known = uow.exemptions.of(workspace)
    granted = {(f"IT-{one.number}", one.freeze) for one in known if one.standing is Standing.GRANTED}
    found = allowed(conflicts(planned, lambda tool: tools[tool]), granted)
    return Outlook(since, until, zone, tuple(planned), tuple(found), {one.number: one for one in tickets})


def campaigns_between(
    uow: UnitOfWork, workspace: str, since: datetime, until: datetime, zone: ZoneInfo
) -> Sequence[Ticket]:
    """The tickets of campaigns that may be on in that time, but for those that were told not to go."""
    first, last = ((since - LONGEST_CAMPAIGN).astimezone(zone).date(), until.astimezone(zone).date())
    wanted = TicketFilter(kind=CAMPAIGN.key, starts_from=first, starts_until=last, limit=TICKETS_MOST)
    off = {one.number for one in uow.readiness.of(workspace) if one.is_off}
    return [ticket for ticket in uow.tickets.search(workspace, wanted) if ticket.number not in off]


def in_calendar(ticket: Ticket, sites: Sequence[KnownSite], zone: ZoneInfo) -> Planned | None:
    """A campaign's ticket as an entry, on the site its words mean; where only one site is known, that one."""
    page = ticket.facts.get("page", "")
    site = site_called(sites, page)
    return campaign_in_calendar(ticket, zone, site.host if site else host_of(page))


def _is_on(one: Planned, since: datetime, until: datetime) -> bool:
    return one.start < until and one.end > since


def _is_ready(uow: UnitOfWork, workspace: str, name: str) -> bool:
    tool = find_tool(uow, workspace, name)
    return tool is not None and tool.status in READY
