"""How early IT is involved, in tools and campaigns: gathered from the event log by month and team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cost_sheet import CostSheet
from bot.domain.involvement import ToolInvolvement, vendor_fixed_at
from bot.domain.kinds import FIXED_STAGES, NEW_TOOL
from bot.domain.months import Month
from bot.domain.project import Actual
from bot.domain.ticket import State, Ticket
from bot.domain.workspace import Channel
from bot.ports import TicketFilter, UnitOfWork
from bot.services.campaigns.involvement import Told, campaigns_in

TOOLS_MOST = 2000
UNDECIDED = frozenset({State.NEW, State.ASSIGNED, State.IN_REVIEW, State.WAITING})


@dataclass(frozen=True, slots=True)
class ToolTold:
    """A tool whose vendor was fixed, and how early IT knew of it; what it cost in the end, and was reckoned to."""

    ticket: Ticket
    involvement: ToolInvolvement
    actual: Actual | None = None
    sheet: CostSheet | None = None


@dataclass(frozen=True, slots=True)
class Involved:
    """The tools and campaigns of one month."""

    month: Month
    tools: Sequence[ToolTold]
    campaigns: Sequence[Told]

    @property
    def teams(self) -> list[str]:
        """The channels whose teams they are of."""
        places = [one.ticket.place for one in self.tools] + [one.ticket.place for one in self.campaigns]
        return sorted({place.conversation for place in places})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to count."""
        return not (self.tools or self.campaigns)

    def of_team(self, conversation: str) -> Involved:
        """Those of one channel's team."""
        tools = [one for one in self.tools if one.ticket.place.conversation == conversation]
        campaigns = [one for one in self.campaigns if one.ticket.place.conversation == conversation]
        return Involved(self.month, tools, campaigns)


def involved_in(uow: UnitOfWork, channel: Channel, last: Month, months: int) -> list[Involved]:
    """The tools and campaigns of some months up to the `last`, oldest first, of all teams of the workspace.

    A tool counts in the month its vendor was fixed, in the channel's zone, a campaign in that of its first day.
    """
    wanted = [last]
    while len(wanted) < months:
        wanted.insert(0, wanted[0].before)
    tools = _tools(uow, channel, wanted[0].period(channel.tz).since)
    months_of = [Month.of(one.involvement.fixed_at, channel.tz) for one in tools]
    found = []
    for month in wanted:
        mine = [_with_cost(uow, one) for one, its in zip(tools, months_of, strict=True) if its == month]
        found.append(Involved(month, mine, campaigns_in(uow, channel, month)))
    return found


def _tools(uow: UnitOfWork, channel: Channel, since: datetime) -> list[ToolTold]:
    """The tools whose vendor was fixed, at least all of those since a time, the oldest first."""
    found = []
    for ticket in uow.tickets.search(channel.workspace, TicketFilter(kind=NEW_TOOL.key, limit=TOOLS_MOST)):
        if not _may_count(ticket, since):
            continue
        fixed_at = vendor_fixed_at(uow.log.events(ticket.workspace, ticket.number))
        if fixed_at is not None:
            found.append(ToolTold(ticket, ToolInvolvement(ticket.number, ticket.opened_at, fixed_at)))
    return sorted(found, key=lambda one: (one.involvement.fixed_at, one.ticket.number))


def _may_count(ticket: Ticket, since: datetime) -> bool:
    """Whether its vendor may have been fixed since a time: this spares the look into the log of all others."""
    if ticket.state is State.WITHDRAWN or (ticket.finished_at is not None and ticket.finished_at < since):
        return False
    return ticket.state not in UNDECIDED or ticket.facts.get("stage") in FIXED_STAGES


def _with_cost(uow: UnitOfWork, one: ToolTold) -> ToolTold:
    where = (one.ticket.workspace, one.ticket.number)
    sheets = uow.costs.of(*where)
    return ToolTold(one.ticket, one.involvement, uow.projects.of(*where).actual, sheets[-1] if sheets else None)
