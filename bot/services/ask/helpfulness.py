"""The month's questions in the report: how many were answered at once, what helped, and what is not written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.events import What
from bot.domain.helpfulness import Helpfulness, helpfulness
from bot.domain.months import Period
from bot.domain.ticket import Ticket
from bot.messages import Line, Section, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.intake.intake import shorten
from bot.services.tickets.cards import ticket_link

GAPS_MOST, DOUBTED_MOST, TITLE_MOST = 5, 3, 80


@dataclass(frozen=True, slots=True)
class Asked:
    """A period's questions, and the tickets of those that nothing answers still."""

    found: Helpfulness
    gaps: tuple[Ticket, ...]


def asked_in(uow: UnitOfWork, workspace: str, period: Period, conversation: str = "") -> Asked:
    """The questions put in a workspace, or in one of its conversations; a gap that was kept since is none."""
    found = helpfulness(uow.enquiries.between(workspace, period.since, period.until, conversation))
    wanted = TicketFilter(numbers=found.gaps[:100], limit=100)
    tickets = {one.number: one for one in uow.tickets.search(workspace, wanted)} if found.gaps else {}
    left = (tickets[number] for number in found.gaps if number in tickets)
    return Asked(found, tuple(ticket for ticket in left if not _is_kept(uow, ticket)))


def asked_sections(asked: Asked | None) -> tuple[Section, ...]:
    """How it looks in a report; nothing where nothing was asked."""
    return (Section("Questions", tuple(_lines(asked))),) if asked and asked.found.asked else ()


def _lines(asked: Asked) -> Iterator[Line]:
    found = asked.found
    words = "{asked} asked, {quoted} answered at once from what is written, {helped} of these helped."
    yield Line(say(words, asked=str(found.asked), quoted=str(found.quoted), helped=str(found.helped)))
    for ticket in asked.gaps[:GAPS_MOST]:
        yield Line(say("Not written down yet: {link} {title}", link=ticket_link(ticket), title=_short(ticket.title)))
    if len(asked.gaps) > GAPS_MOST:
        yield Line(say("… and {more} more", more=str(len(asked.gaps) - GAPS_MOST)))
    for title in found.doubted[:DOUBTED_MOST]:
        yield Line(say("Did not help somebody: {title}", title=_short(title)))


def _is_kept(uow: UnitOfWork, ticket: Ticket) -> bool:
    return any(event.what is What.KEPT for event in uow.log.events(ticket.workspace, ticket.number))


def _short(words: str) -> str:
    return shorten(words, TITLE_MOST)
