"""How early IT is involved, in tools and campaigns: gathered from the event log by month and team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.cost_sheet import CostSheet
from bot.domain.involvement import ToolInvolvement, vendor_fixed_at
from bot.domain.kinds import NEW_TOOL
from bot.domain.months import Month
from bot.domain.project import Actual
from bot.domain.ticket import State, Ticket
from bot.domain.workspace import Channel
from bot.ports import TicketFilter, UnitOfWork
from bot.services.campaigns.involvement import Told, campaigns_in

TOOLS_MOST = 2000


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
    tools = _tools(uow, channel)
    months_of = [Month.of(one.involvement.fixed_at, channel.tz) for one in tools]
    found = []
    for month in wanted:
        mine = [_with_cost(uow, one) for one, its in zip(tools, months_of, strict=True) if its == month]
        found.append(Involved(month, mine, campaigns_in(uow, channel, month)))
    return found


def _tools(uow: UnitOfWork, channel: Channel) -> list[ToolTold]:
    """The tools whose vendor was fixed, the oldest first."""
    found = []
    for ticket in uow.tickets.search(channel.workspace, TicketFilter(kind=NEW_TOOL.key, limit=TOOLS_MOST)):
        fixed_at = vendor_fixed_at(uow.log.events(ticket.workspace, ticket.number))
        if fixed_at is not None and ticket.state is not State.WITHDRAWN:
            found.append(ToolTold(ticket, ToolInvolvement(ticket.number, ticket.opened_at, fixed_at)))
    return sorted(found, key=lambda one: (one.involvement.fixed_at, one.ticket.number))


def _with_cost(uow: UnitOfWork, one: ToolTold) -> ToolTold:
    where = (one.ticket.workspace, one.ticket.number)
    sheets = uow.costs.of(*where)
    return ToolTold(one.ticket, one.involvement, uow.projects.of(*where).actual, sheets[-1] if sheets else None)
