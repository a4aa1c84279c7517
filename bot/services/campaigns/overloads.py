"""The overloads of a period, for its report: which campaigns the look backs tell were too much, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.kinds import CAMPAIGN
from bot.domain.months import Period
from bot.domain.overload import Overload, overload_of, total_cost
from bot.domain.readiness import Readiness
from bot.domain.ticket import State, Ticket
from bot.messages import Line, Section, Text, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.campaigns.campaigns import MOST, Surroundings, plan_of, surroundings
from bot.services.intake.intake import shorten
from bot.services.tickets.cards import ticket_link

TITLE_MOST = 60
LINES_MOST = 10
NO_VALUE = "say in the campaign's details what an order brings, and this becomes a cost"


@dataclass(frozen=True, slots=True)
class Overloaded:
    """A campaign's ticket and its overload."""

    ticket: Ticket
    overload: Overload


def overloads_in(uow: UnitOfWork, workspace: str, period: Period) -> tuple[Overloaded, ...]:
    """The overloads of the campaigns that began in a period, by their first day."""
    looked = {one.number: one for one in uow.readiness.of(workspace) if one.seen is not None}
    if not looked:
        return ()
    first, end = (at.astimezone(period.zone).date() for at in (period.since, period.until))
    wanted = TicketFilter(kind=CAMPAIGN.key, starts_from=first, starts_until=end - timedelta(days=1), limit=MOST)
    tickets = [
        one
        for one in uow.tickets.search(workspace, wanted)
        if one.number in looked and one.state is not State.WITHDRAWN
    ]
    around = surroundings(uow, workspace, period.since) if tickets else None
    found = [_overloaded(uow, one, looked[one.number], around) for one in tickets if around]
    kept = [one for one in found if one is not None]
    return tuple(sorted(kept, key=lambda one: (one.ticket.facts["start"], one.ticket.number)))


def overload_sections(found: Sequence[Overloaded]) -> tuple[Section, ...]:
    """A line for each, linked to its ticket, under what all of them cost."""
    if not found:
        return ()
    costs = " and ".join(str(one).strip() for one in total_cost(one.overload for one in found))
    lines = [_line(one) for one in found[:LINES_MOST]]
    if len(found) > LINES_MOST:
        lines.append(Line(say("… and {more} more", more=str(len(found) - LINES_MOST))))
    return (Section(f"Overloads: {len(found)}" + (f", about {costs} lost" if costs else ""), tuple(lines)),)


def _overloaded(uow: UnitOfWork, ticket: Ticket, answer: Readiness, around: Surroundings) -> Overloaded | None:
    plan = plan_of(uow, ticket, around)
    if plan.campaign is None or answer.seen is None:
        return None
    overload = overload_of(plan.campaign, plan.others, plan.site, around.records, answer.seen)
    return Overloaded(ticket, overload) if overload else None


def _line(one: Overloaded) -> Line:
    return Line(
        say(
            "🔥 {link} {title}: {what}",
            link=ticket_link(one.ticket), title=shorten(one.ticket.title, TITLE_MOST), what=_words(one.overload),
        )
    )  # fmt: skip


def _words(found: Overload) -> Text:
    parts = []
    if found.peak is not None and found.capacity is not None:
        parts.append(f"{found.peak:,.0f} requests a second, the site takes {found.capacity:,.0f}")
    parts.append(_orders(found))
    return ("; ".join(parts),)


def _orders(found: Overload) -> str:
    if found.orders is None:
        return "nobody counted the orders lost"
    how = f"{found.orders:,} orders lost" if found.is_counted else f"about {found.orders:,} orders lost, by the peak"
    if not found.orders:
        return how
    return (
        f"{how} × {str(found.order_value).strip()} = {str(found.cost).strip()}" if found.cost else f"{how} ({NO_VALUE})"
    )
