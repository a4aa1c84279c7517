"""The clocks of tickets: they follow what happens, and a sweep looks at those that have come to a stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.agreed import Agreed, owners_for
from bot.domain.clockwork import advance, asked_to_sign
from bot.domain.events import Event, What
from bot.domain.hours import Calendar
from bot.domain.sla import Clock, Stage, StageKind, Step, notice_at
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Post
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.ladder import escalate_breach
from bot.services.notifications import fresh_card
from bot.services.reminders import debtor, notices, notices_of

AT_ONCE = 20


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
    looks = [_look_at(ticket, clock, agreed) for clock in clocks]
    uow.clocks.save(ticket.workspace, ticket.number, clocks, looks)


def take_back_notices(uow: UnitOfWork, ticket: Ticket, before: Sequence[Clock], after: Sequence[Clock]) -> None:
    """What was to be told of a clock in the morning is told to nobody once it has stopped."""
    ran = {(clock.kind, clock.cycle) for clock in before if clock.is_open and clock.is_breached}
    for clock in after:
        if not clock.is_open and (clock.kind, clock.cycle) in ran:
            uow.outbox.take_back(ticket.workspace, notices_of(ticket, clock))


def agreed_for(uow: UnitOfWork, ticket: Ticket, channel: Channel, clocks: Sequence[Clock] = ()) -> Agreed:
    """What a ticket's clocks are counted by."""
    people = {ticket.liaison, ticket.requester, *(clock.person for clock in clocks), *asked_to_sign(ticket.pending)}
    owners = {*owners_for(channel.id, people), *(clock.counted_in for clock in clocks)}
    targets, calendars = uow.agreements.targets(ticket.workspace), uow.agreements.calendars(ticket.workspace, owners)
    return Agreed(channel.id, channel.zone, tuple(targets), tuple(calendars))


def channel_of(uow: UnitOfWork, ticket: Ticket) -> Channel:
    """The channel a ticket is agreed in: its own, else the first marketing channel, else plain office hours."""
    own = uow.workspaces.channel(ticket.workspace, ticket.place.conversation)
    if own is not None and own.set_up_at is not None:
        return own
    listening = uow.workspaces.listening(ticket.workspace)
    return listening[0] if listening else Channel(ticket.workspace, ticket.place.conversation)


def look_at_clocks(desk: Desk) -> bool:
    """One step of the sweep: warn and note breaches of tickets that are due. True if there may be more."""
    now = desk.at()
    with desk.unit_of_work() as uow:
        due = uow.clocks.due(now, AT_ONCE)
        for workspace, number in due:
            _look(uow, uow.tickets.get(workspace, number), now)
    return len(due) == AT_ONCE


def _look(uow: UnitOfWork, ticket: Ticket, now: datetime) -> None:
    channel = channel_of(uow, ticket)
    clocks = list(uow.clocks.of(ticket.workspace, ticket.number))
    agreed = agreed_for(uow, ticket, channel, clocks)
    posts: list[Post] = []
    for index, _ in enumerate(clocks):
        while stage := _stage_to_tell(ticket, clocks[index], agreed, now):
            clocks[index] = _pass(ticket, clocks[index], stage)
            posts += notices(ticket, clocks[index], stage, agreed, now)
            if stage.kind is StageKind.BREACH:
                read = notice_at(stage.kind, ticket.priority, _receiver(ticket, clocks[index], agreed, now), now)
                escalate_breach(uow, ticket, clocks[index], read)
    uow.tickets.save(ticket)
    save_clocks(uow, ticket, clocks, channel)
    if posts:
        uow.outbox.put([*posts, fresh_card(ticket, clocks, channel)])


def _stage_to_tell(ticket: Ticket, clock: Clock, agreed: Agreed, now: datetime) -> Stage | None:
    stage = clock.next_stage(agreed.calendar_of(clock), now)
    if stage is None or stage.at > now:
        return None
    is_early = stage.kind is StageKind.WARNING and _receiver(ticket, clock, agreed, now).next_open(stage.at) > now
    return None if is_early else stage


def _look_at(ticket: Ticket, clock: Clock, agreed: Agreed) -> datetime | None:
    """A breach is a fact at its moment; a warning waits until somebody can read it, and may be settled by then."""
    calendar = agreed.calendar_of(clock)
    stage = clock.next_stage(calendar)
    if stage is None or stage.kind is StageKind.BREACH:
        return stage.at if stage else None
    read, due = _receiver(ticket, clock, agreed, stage.at).next_open(stage.at), clock.due(calendar)
    return min(read, due) if due else read


def _receiver(ticket: Ticket, clock: Clock, agreed: Agreed, at: datetime) -> Calendar:
    return agreed.hours_for(debtor(ticket, clock), at).calendar


def _pass(ticket: Ticket, clock: Clock, stage: Stage) -> Clock:
    if stage.kind is StageKind.BREACH:
        passed = clock.breach(stage.at)
        _note(ticket, What.BREACHED, stage.at, passed, "due time passed")
    else:
        passed = clock.warn(stage.share, stage.at)
        _note(ticket, What.WARNED, stage.at, passed, f"{stage.share} %", share=str(stage.share))
    return passed


def _note_facts(ticket: Ticket, before: Clock | None, now: Clock) -> None:
    """What became a fact with an event, before any sweep could see it: a breach, a start that was told too late."""
    known = len(before.ledger) if before else 0
    for entry in now.ledger[known:]:
        if entry.what is Step.BREACHED:
            _note(ticket, What.BREACHED, entry.at, now, "due time passed")
    if now.is_late_on_arrival and not (before and before.is_late_on_arrival and before.fixed_due == now.fixed_due):
        _note(ticket, What.LATE_ON_ARRIVAL, now.ledger[-1].at, now, "told after it was due")


def _note(ticket: Ticket, what: What, at: datetime, clock: Clock, why: str, **more: str) -> None:
    due = clock.due_at.isoformat() if clock.due_at else ""
    target = str(round(clock.target_s))
    facts = {"cycle": str(clock.cycle), "side": clock.owed_by.value, "target": target, "due": due, **more}
    ticket.note_sla(what, at, clock.kind, why, **facts)
