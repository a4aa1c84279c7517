"""Two tickets about the same thing become one."""

from __future__ import annotations

from datetime import datetime

from bot.domain.abilities import Ability, require
from bot.domain.errors import Invalid
from bot.domain.people import Person
from bot.domain.sla import ClockKind
from bot.domain.ticket import Ticket
from bot.messages import Card, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import number_of, settle

RESPONSES = frozenset({ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE})


def merge(desk: Desk, who: Person, workspace: str, name: str, into: str) -> Ticket:
    """Make a ticket part of another: its clocks are cancelled, and who waits there for an answer waits on here.

    The other ticket. Raises Invalid for a ticket with itself, NotAllowed, Conflict or NotFound.
    """
    source_number, target_number = number_of(name), number_of(into)
    if source_number == target_number:
        raise Invalid("A ticket can't become part of itself. Type /itcheck merge IT-12 IT-7 with two numbers.")
    with desk.unit_of_work() as uow:
        numbers = sorted(
            (source_number, target_number)
        )  # always in this order, so that two merges never wait in a ring
        tickets = {number: uow.tickets.get(workspace, number) for number in numbers}
        source, target = tickets[source_number], tickets[target_number]
        roles = uow.workspaces.roles(workspace).of(who.id)
        for ticket in (source, target):
            require(Ability.MERGE, ticket, who.id, roles, is_guest=who.is_guest)
        _merge(uow, source, target, who.id, desk.at())
    return target


def _merge(uow: UnitOfWork, source: Ticket, target: Ticket, by: str, at: datetime) -> None:
    source.merge_into(target, _unanswered(uow, source), by, at)
    for person in (source.requester, *source.followers):
        target.join(person, at, f"from {source.name}")
    gone = Card(text=say("This goes on in {link}.", link=ticket_link(target)))
    more = Card(text=say("{link} became part of this: “{title}”.", link=ticket_link(source), title=source.title))
    settle(uow, source, [thread_post(source, f"merged:{target.number}", gone)])
    settle(uow, target, [thread_post(target, f"took-over:{source.number}", more)])


def _unanswered(uow: UnitOfWork, ticket: Ticket) -> datetime | None:
    """Since when somebody waits for an answer there."""
    clocks = uow.clocks.of(ticket.workspace, ticket.number)
    return min((clock.started_at for clock in clocks if clock.is_open and clock.kind in RESPONSES), default=None)
