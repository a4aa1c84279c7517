"""What has a sponsor, or needs one: the items of the road map that are on, and tickets above a size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.kinds import CAMPAIGN, QUESTION, kind_of
from bot.domain.people import Side
from bot.domain.roadmap import Item, RoadMap
from bot.domain.sponsor import sponsored
from bot.domain.stake import Size, Stake
from bot.domain.ticket import Ticket
from bot.ports import TicketFilter, UnitOfWork
from bot.services.reviews.review_form import yearly_in
from bot.services.roadmap.roadmap_card import SIGNS, dates_words

TICKETS_MOST = 200


@dataclass(frozen=True, slots=True)
class Large:
    """A ticket above the size, and what makes it so: `48,000 EUR a year`, `400,000 people`."""

    ticket: Ticket
    why: str


def large_tickets(uow: UnitOfWork, workspace: str, currency: str) -> list[Large]:
    """The open tickets above the size of their workspace, newest first."""
    size = uow.sponsor_words.size(workspace)
    running = uow.tickets.search(workspace, TicketFilter(only_open=True, limit=TICKETS_MOST))
    found = ((one, why_large(uow, one, size, currency)) for one in running)
    return [Large(ticket, why) for ticket, why in found if why]


def why_large(uow: UnitOfWork, ticket: Ticket, size: Size, currency: str) -> str:
    """What makes a ticket large, empty where nothing does."""
    if ticket.kind == CAMPAIGN.key:
        audience = ticket.situation.reach
        return f"{audience:,} people" if size.is_reached(None, audience) else ""
    yearly = None if ticket.kind == QUESTION.key else _yearly(uow, ticket, currency)
    return f"{yearly:,.0f} {currency} a year" if size.is_reached(yearly, None) else ""


def stakes_of(uow: UnitOfWork, workspace: str, road_map: RoadMap, today: date) -> Mapping[str, tuple[Stake, ...]]:
    """What each sponsor (id) answers for: the items that are on or begin soon, then large tickets."""
    found = {person: tuple(stake_of_item(one) for one in items) for person, items in sponsored(road_map, today).items()}
    for large in large_tickets(uow, workspace, road_map.currency):
        if large.ticket.sponsor:
            mine = found.get(large.ticket.sponsor, ())
            found[large.ticket.sponsor] = (*mine, stake_of_ticket(large.ticket, large.why))
    return found


def stake_of_item(item: Item) -> Stake:
    """An item as what its sponsors answer for."""
    sponsors = tuple(item.sponsors[side] for side in Side if side in item.sponsors)
    ids = tuple(one.removeprefix("@") for one in sponsors if one.startswith("@"))
    return Stake(item.key, item.need, dates_words(item.start, item.end), SIGNS[item.status], ids)


def stake_of_ticket(ticket: Ticket, why: str) -> Stake:
    """A ticket as what its sponsor answers for."""
    return Stake(ticket.name, ticket.title, why, kind_of(ticket.kind).sign, (ticket.sponsor,) if ticket.sponsor else ())


def _yearly(uow: UnitOfWork, ticket: Ticket, currency: str) -> Decimal | None:
    """What it costs a year: as reviewed, else a year's share of the real cost, else as it was told in the form."""
    if reviews := uow.reviews.of(ticket.workspace, ticket.number):
        return reviews[-1].asked.amount
    if sheets := uow.costs.of(ticket.workspace, ticket.number):
        return sheets[-1].estimate.expected / max(1, sheets[-1].inputs.years)
    told = yearly_in(ticket.facts.get("cost", ""), currency)
    return Decimal(told) if told else None
