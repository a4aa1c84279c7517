"""How the SLA was kept in a workspace or a channel, gathered from its clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.agreed import Agreed
from bot.domain.attainment import Outcome, Verdict, judge
from bot.domain.events import Event, What
from bot.domain.ledger import ClockKind
from bot.domain.months import Period
from bot.domain.people import Side
from bot.domain.sla import Clock
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.ports import TicketFilter, UnitOfWork
from bot.services.ask.helpfulness import Asked, asked_in
from bot.services.campaigns.overloads import Overloaded, overloads_in

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Record:
    """What became of the clocks of a period, with their tickets by number, its overloads, and its questions.

    `now`: as it was known then.
    """

    period: Period
    now: datetime
    verdicts: tuple[Verdict, ...]
    tickets: Mapping[int, Ticket]
    overloads: tuple[Overloaded, ...] = ()
    asked: Asked | None = None

    @property
    def is_over(self) -> bool:
        """Whether the period had ended."""
        return self.now >= self.period.until


def record_of(uow: UnitOfWork, asked: Channel, period: Period, now: datetime, *, alone: bool = False) -> Record:
    """How the SLA was kept in a channel's workspace, or on the tickets that are agreed in that channel `alone`."""
    clocks = uow.clocks.alive(asked.workspace, period.since)
    tickets = {ticket.number: ticket for ticket in _tickets(uow, asked.workspace, clocks)}
    overloads = overloads_in(uow, asked.workspace, period)
    if alone:
        over = _agreed_in(uow, asked, [one.ticket for one in overloads])
        overloads = tuple(one for one in overloads if one.ticket.number in over)
        mine = _agreed_in(uow, asked, tickets.values())
        tickets = {number: ticket for number, ticket in tickets.items() if number in mine}
    owners = {clock.counted_in for _, clock in clocks if clock.counted_in}
    agreed = Agreed(asked.id, asked.zone, (), tuple(uow.agreements.calendars(asked.workspace, owners)))
    judged = (
        judge(number, clock, agreed.calendar_of(clock), period, now) for number, clock in clocks if number in tickets
    )
    verdicts = tuple(_attributed(uow, tickets[one.number], one) for one in judged if one is not None)
    taken_s = {
        one.number: one.taken_s for one in verdicts if one.kind is ClockKind.FIRST_RESPONSE and one.taken_s is not None
    }
    questions = asked_in(uow, asked.workspace, period, asked.id if alone else "", taken_s)
    return Record(period, now, verdicts, tickets, overloads, questions)


def _tickets(uow: UnitOfWork, workspace: str, clocks: Sequence[tuple[int, Clock]]) -> Iterator[Ticket]:
    numbers = sorted({number for number, _ in clocks})
    for start in range(0, len(numbers), AT_ONCE):
        wanted = TicketFilter(numbers=tuple(numbers[start : start + AT_ONCE]), limit=AT_ONCE)
        yield from uow.tickets.search(workspace, wanted)


def _agreed_in(uow: UnitOfWork, channel: Channel, tickets: Iterable[Ticket]) -> set[int]:
    """The tickets that are agreed in a channel: its own, and in the first one those from elsewhere too."""
    listening = [one.id for one in uow.workspaces.listening(channel.workspace) if one.set_up_at is not None]
    others = set(listening) - {channel.id}
    takes_all = listening[:1] == [channel.id]
    places = {ticket.number: ticket.place.conversation for ticket in tickets}
    return {number for number, place in places.items() if place == channel.id or (takes_all and place not in others)}


def _attributed(uow: UnitOfWork, ticket: Ticket, verdict: Verdict) -> Verdict:
    """Who it is put down to if it was late: who had the ticket just then; else who owed it when it began."""
    if verdict.outcome not in {Outcome.LATE, Outcome.SHORT_NOTICE} or verdict.kind is ClockKind.SIGN_OFF:
        return verdict
    if verdict.side is Side.MARKETING:
        return replace(verdict, person=verdict.person or ticket.requester)
    had = _holder(uow.log.events(ticket.workspace, ticket.number), verdict.at or verdict.started_at)
    return replace(verdict, person=had or verdict.person)


def _holder(events: Iterable[Event], at: datetime) -> str:
    holder = ""
    for event in sorted(events, key=lambda one: one.at):
        if event.at > at:
            break
        if event.what is What.ASSIGNED:
            holder = event.data.get("to", "")
        elif event.what is What.CLAIMED:
            holder = event.by
    return holder
