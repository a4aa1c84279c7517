"""The month's questions in the report: how many were answered at once, what helped, and what is not written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.events import What
from bot.domain.helpfulness import ByPeople, Helpfulness, by_people, helpfulness
from bot.domain.months import Period
from bot.domain.sla import duration
from bot.domain.ticket import Ticket
from bot.messages import Line, Section, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.intake.intake import shorten
from bot.services.tickets.cards import ticket_link

GAPS_MOST, DOUBTED_MOST, TITLE_MOST = 5, 3, 80
MOST = 100  # tickets that are looked at


@dataclass(frozen=True, slots=True)
class Asked:
    """A period's questions, what people answered, and the tickets of those that nothing written answers still."""

    found: Helpfulness
    people: ByPeople
    gaps: tuple[Ticket, ...]


def asked_in(
    uow: UnitOfWork,
    workspace: str,
    period: Period,
    conversation: str = "",
    taken_s: Mapping[int, float] = MappingProxyType({}),
) -> Asked:
    """The questions put in a workspace, or in one of its conversations; a gap that was kept since is none.

    `taken_s`: working seconds to a ticket's first answer, by number.
    """
    found = helpfulness(uow.enquiries.between(workspace, period.since, period.until, conversation))
    wanted = TicketFilter(numbers=found.gaps[:MOST], limit=MOST)
    tickets = {one.number: one for one in uow.tickets.search(workspace, wanted)} if found.gaps else {}
    logs = {number: uow.log.events(workspace, number) for number in tickets}
    kept = {number for number, log in logs.items() if any(event.what is What.KEPT for event in log)}
    left = tuple(tickets[number] for number in found.gaps if number in tickets and number not in kept)
    return Asked(found, by_people(logs, taken_s), left)


def asked_sections(asked: Asked | None) -> tuple[Section, ...]:
    """How it looks in a report; nothing where nothing was asked."""
    return (Section("Questions", tuple(_lines(asked))),) if asked and asked.found.asked else ()


def _lines(asked: Asked) -> Iterator[Line]:
    found = asked.found
    words = "{asked} asked, {quoted} answered at once from what is written, {helped} of these helped."
    yield Line(say(words, asked=str(found.asked), quoted=str(found.quoted), helped=str(found.helped)))
    yield from _by_people(asked.people)
    for ticket in asked.gaps[:GAPS_MOST]:
        yield Line(say("Not written down yet: {link} {title}", link=ticket_link(ticket), title=_short(ticket.title)))
    if len(asked.gaps) > GAPS_MOST:
        yield Line(say("… and {more} more", more=str(len(asked.gaps) - GAPS_MOST)))
    for title in found.doubted[:DOUBTED_MOST]:
        yield Line(say("Did not help somebody: {title}", title=_short(title)))


def _by_people(found: ByPeople) -> Iterator[Line]:
    if found.median_s is not None:
        words = "{answered} answered by people, half of them within {time} of working time."
        yield Line(say(words, answered=str(found.answered), time=duration(found.median_s)))
    if found.rated:
        words = "{helped} of {rated} who said something of a person's answer were helped."
        yield Line(say(words, helped=str(found.helped), rated=str(found.rated)))


def _short(words: str) -> str:
    return shorten(words, TITLE_MOST)
