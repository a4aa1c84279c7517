"""The clocks of tickets: they follow what happens, and say when they must be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.agreed import Agreed, owners_for
from bot.domain.clockwork import advance, asked_to_sign
from bot.domain.events import Event, What
from bot.domain.hours import Calendar
from bot.domain.sla import Clock, StageKind, Step
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.ports import UnitOfWork
from bot.services.sla.reminders import debtor, notices_of

NOTED = frozenset({Step.WARNED, Step.BREACHED})


def start_clocks(ticket: Ticket, agreed: Agreed | None = None) -> tuple[Clock, ...]:
    """The clocks of a new ticket."""
    opened = Event(What.OPENED, ticket.opened_at)
    return advance((), [opened], ticket.situation, agreed or Agreed())


def follow(ticket: Ticket, clocks: Sequence[Clock], agreed: Agreed) -> tuple[Clock, ...]:
    """The clocks after what just happened to the ticket (its pending events), which facts of theirs join."""
    now = advance(clocks, ticket.pending, ticket.situation, agreed)
    known = {(clock.kind, clock.cycle): clock for clock in clocks}
    for clock in now:
        _note_facts(ticket, known.get((clock.kind, clock.cycle)), clock)
    return now


def save_clocks(uow: UnitOfWork, ticket: Ticket, clocks: Sequence[Clock], channel: Channel) -> None:
    """Store clocks with the time at which each must be looked at next."""
    agreed = agreed_for(uow, ticket, channel, clocks)
    looks = [next_look(ticket, clock, agreed) for clock in clocks]
    uow.clocks.save(ticket.workspace, ticket.number, clocks, looks)


def take_back_notices(uow: UnitOfWork, ticket: Ticket, before: Sequence[Clock], after: Sequence[Clock]) -> None:
    """What was to be told of a clock in the morning is told to nobody once it has stopped."""
    told = (clock for clock in before if any(entry.what in NOTED for entry in clock.ledger))
    ran = {(clock.kind, clock.cycle) for clock in told if clock.is_open}
    for clock in after:
        if not clock.is_open and (clock.kind, clock.cycle) in ran:
            uow.outbox.take_back(ticket.workspace, notices_of(ticket, clock))


def agreed_for(uow: UnitOfWork, ticket: Ticket, channel: Channel, clocks: Sequence[Clock] = ()) -> Agreed:
    """What a ticket's clocks are counted by."""
    owners = owners_of(ticket, channel, clocks)
    targets, calendars = uow.agreements.targets(ticket.workspace), uow.agreements.calendars(ticket.workspace, owners)
    return Agreed(channel.id, channel.zone, tuple(targets), tuple(calendars))


def owners_of(ticket: Ticket, channel: Channel, clocks: Sequence[Clock]) -> set[str]:
    """Whose calendars may count for a ticket."""
    people = {ticket.liaison, ticket.requester, *(clock.person for clock in clocks), *asked_to_sign(ticket.pending)}
    return {*owners_for(channel.id, people), *(clock.counted_in for clock in clocks)}


def channel_of(uow: UnitOfWork, ticket: Ticket) -> Channel:
    """The channel a ticket is agreed in: its own, else the first marketing channel, else plain office hours."""
    own = uow.workspaces.channel(ticket.workspace, ticket.place.conversation)
    if own is not None and own.set_up_at is not None:
        return own
    listening = uow.workspaces.listening(ticket.workspace)
    return listening[0] if listening else Channel(ticket.workspace, ticket.place.conversation)


def next_look(ticket: Ticket, clock: Clock, agreed: Agreed) -> datetime | None:
    """A breach is a fact at its moment; a warning waits until somebody can read it, and may be settled by then.

    None: nothing will come of it by itself.
    """
    calendar = agreed.calendar_of(clock)
    stage = clock.next_stage(calendar)
    if stage is None or stage.kind is StageKind.BREACH:
        return stage.at if stage else None
    read, due = hours_of_reader(ticket, clock, agreed, stage.at).next_open(stage.at), clock.due(calendar)
    return min(read, due) if due else read


def hours_of_reader(ticket: Ticket, clock: Clock, agreed: Agreed, at: datetime) -> Calendar:
    """The hours of whoever is reminded of a clock."""
    return agreed.hours_for(debtor(ticket, clock), at).calendar


def note(ticket: Ticket, what: What, at: datetime, clock: Clock, why: str, **more: str) -> None:
    """A fact about a clock for the log."""
    due = clock.due_at.isoformat() if clock.due_at else ""
    target = str(round(clock.target_s))
    facts = {"cycle": str(clock.cycle), "side": clock.owed_by.value, "target": target, "due": due, **more}
    ticket.note_sla(what, at, clock.kind, why, **facts)


def _note_facts(ticket: Ticket, before: Clock | None, now: Clock) -> None:
    """What became a fact with an event, before any sweep could see it: a breach, a start that was told too late."""
    known = len(before.ledger) if before else 0
    for entry in now.ledger[known:]:
        if entry.what is Step.BREACHED:
            note(ticket, What.BREACHED, entry.at, now, "due time passed")
    if now.is_late_on_arrival and not (before and before.is_late_on_arrival and before.fixed_due == now.fixed_due):
        note(ticket, What.LATE_ON_ARRIVAL, now.ledger[-1].at, now, "told after it was due")
