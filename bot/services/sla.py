"""The first SLA: IT owes a first answer and a resolution, in working hours, by priority."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.events import Event, What
from bot.domain.people import Side
from bot.domain.sla import Clock, ClockKind, Stage, StageKind, Targets
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Card, Mention, Moment, Post, Strong, say
from bot.ports import UnitOfWork
from bot.services.cards import owed_words, ticket_link
from bot.services.desk import Desk
from bot.services.ladder import escalate_breach
from bot.services.notifications import direct_post, fresh_card, thread_post

AT_ONCE = 20
TARGETS = Targets()
TURNING = frozenset({What.WAITING, What.RESUMED, What.REOPENED})
ANSWERS = {What.ANSWERED: "answered in the thread", What.RESOLVED: "resolved, with the outcome in the thread"}


def start_clocks(ticket: Ticket) -> tuple[Clock, ...]:
    """The clocks of a new ticket."""
    return tuple(_started(ticket, kind, ticket.opened_at) for kind in (ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION))


def follow(ticket: Ticket, clocks: Sequence[Clock]) -> tuple[Clock, ...]:
    """The clocks after what just happened to the ticket (its pending events)."""
    now = tuple(clocks)
    for event in ticket.pending:
        now = tuple(_after(clock, event, ticket) for clock in now)
        if event.what is What.REOPENED and all(clock.cycle < ticket.cycle for clock in now):
            now = (*now, _started(ticket, ClockKind.RESOLUTION, event.at))
    return now


def save_clocks(uow: UnitOfWork, ticket: Ticket, clocks: Sequence[Clock], channel: Channel) -> None:
    """Store clocks with the time at which each must be looked at next."""
    looks = [stage.at if (stage := clock.next_stage(channel.calendar)) else None for clock in clocks]
    uow.clocks.save(ticket.workspace, ticket.number, clocks, looks)


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
    posts: list[Post] = []
    for index, _ in enumerate(clocks):
        while (stage := clocks[index].next_stage(channel.calendar, now)) and stage.at <= now:
            clocks[index] = _pass(clocks[index], stage)
            posts += _notices(ticket, clocks[index], stage, channel)
            if stage.kind is StageKind.BREACH:
                escalate_breach(uow, ticket, clocks[index], now)
    uow.tickets.save(ticket)
    save_clocks(uow, ticket, clocks, channel)
    if posts:
        uow.outbox.put([*posts, fresh_card(ticket, clocks, channel)])


def _pass(clock: Clock, stage: Stage) -> Clock:
    if stage.kind is StageKind.BREACH:
        return clock.breach(stage.at)
    return clock.warn(stage.share, stage.at)


def _notices(ticket: Ticket, clock: Clock, stage: Stage, channel: Channel) -> list[Post]:
    breached = stage.kind is StageKind.BREACH
    what = What.BREACHED if breached else What.WARNED
    ticket.note_sla(what, stage.at, clock.kind, f"{stage.share} %" if not breached else "due time passed")
    card = _breach_card(ticket, clock, stage, channel) if breached else _warning_card(ticket, clock, stage, channel)
    key = f"sla:{clock.kind}:{clock.cycle}:{clock.target_s}:{'breach' if breached else stage.share}"
    posts = [thread_post(ticket, key, card)]
    if ticket.liaison:
        posts.append(direct_post(ticket, ticket.liaison, key, card))
    return posts


def _warning_card(ticket: Ticket, clock: Clock, stage: Stage, channel: Channel) -> Card:
    due = clock.due(channel.calendar) or stage.at
    return Card(
        text=say(
            "⏳ {link}: {what} is due {due}. {share} % of the time is used. {who}",
            link=ticket_link(ticket),
            what=_owed(clock),
            due=Moment(due, channel.zone),
            share=str(stage.share),
            who=_whom(ticket),
        )
    )


def _breach_card(ticket: Ticket, clock: Clock, stage: Stage, channel: Channel) -> Card:
    return Card(
        text=say(
            "⌛ {link}: {what} was due {due} and is late. {who}, please answer here or press Escalate.",
            link=ticket_link(ticket),
            what=_owed(clock),
            due=Moment(stage.at, channel.zone),
            who=_whom(ticket),
        )
    )


def _owed(clock: Clock) -> Strong:
    return Strong(f"the {owed_words(clock.kind)}")


def _whom(ticket: Ticket) -> Mention | str:
    return Mention(ticket.liaison) if ticket.liaison else "IT"


def channel_of(uow: UnitOfWork, ticket: Ticket) -> Channel:
    """The channel a ticket is agreed in: its own, else the first marketing channel, else plain office hours."""
    own = uow.workspaces.channel(ticket.workspace, ticket.place.conversation)
    if own is not None and own.set_up_at is not None:
        return own
    listening = uow.workspaces.listening(ticket.workspace)
    return listening[0] if listening else Channel(ticket.workspace, ticket.place.conversation)


def _started(ticket: Ticket, kind: ClockKind, at: datetime) -> Clock:
    return Clock.start(kind, Side.IT, TARGETS.of(kind, ticket.priority), at, cycle=ticket.cycle)


def _after(clock: Clock, event: Event, ticket: Ticket) -> Clock:
    # The chat's clock and ours differ a little: nothing can have happened to a clock before it began or last turned.
    at = max(event.at, clock.ledger[-1].at if event.what in TURNING else clock.started_at)
    if clock.kind is ClockKind.FIRST_RESPONSE and event.what in ANSWERS:
        return clock.meet(at, ANSWERS[event.what])
    if event.what is What.WITHDRAWN:
        return clock.cancel(at, "withdrawn")
    if clock.kind is ClockKind.RESOLUTION and clock.cycle == ticket.cycle:
        return _resolution_after(clock, event, at)
    return clock


def _resolution_after(clock: Clock, event: Event, at: datetime) -> Clock:
    if event.what is What.WAITING:
        return clock.pause(at, f"waiting for {event.data.get('for', 'requester')}")
    if event.what is What.RESUMED:
        return clock.resume(at, event.why)
    if event.what is What.RESOLVED:
        return clock.meet(at, "resolved")
    if event.what is What.REOPENED:
        return clock.reopen(at, "reopened")
    return clock
