"""What goes on an agenda: the tickets of a channel that have to be talked about, in their order."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.domain.agenda import WEEK, Agenda, Alarm, Slot, is_skipped, latest_alarms, rank
from bot.domain.events import What
from bot.domain.kinds import CAMPAIGN, QUESTION
from bot.domain.sla import ClockKind
from bot.domain.ticket import State, Ticket
from bot.domain.workspace import Channel
from bot.ports import TicketFilter, UnitOfWork

AHEAD = timedelta(weeks=4)
MOST = 200
UNTOUCHED = frozenset({State.NEW, State.ASSIGNED})
UNDECIDED = frozenset({State.NEW, State.ASSIGNED, State.IN_REVIEW, State.WAITING})
DECIDING = frozenset({ClockKind.RESOLUTION, ClockKind.SIGN_OFF})
ENDED = frozenset({State.DECIDED, State.IN_DELIVERY, State.CLOSED})


def compose(uow: UnitOfWork, channel: Channel, slot: Slot, before: Agenda | None, now: datetime) -> Agenda:
    """The agenda of a channel for a date, as it stands now. `before`: the last one, on which nothing is repeated."""
    set_up = channel.set_up_at or slot.at
    since, decisions = before.posted_at if before else set_up, _undecided(uow, channel, slot)
    return Agenda(
        channel.workspace,
        channel.id,
        slot,
        since,
        now,
        skipped=is_skipped(slot, before.slot if before else None, set_up, channel.tz),
        decisions=decisions,
        late=_alarms(uow, channel, before, since),
        opened=tuple(one for one in _opened(uow, channel, before, since) if one not in decisions),
        campaigns=_campaigns(uow, channel, slot),
        settled=_settled(uow, before),
    )


def deadline_of(uow: UnitOfWork, ticket: Ticket, channel: Channel) -> datetime | None:
    """When a ticket must be decided: when its campaign starts, or a clock that ends with it is due."""
    clocks = [one for one in uow.clocks.of(ticket.workspace, ticket.number) if one.is_open and one.kind in DECIDING]
    dues = [clock.due_at or clock.due(channel.calendar) for clock in clocks]
    if ticket.starts_on is not None:
        dues.append(datetime.combine(ticket.starts_on, time(), channel.tz).astimezone(UTC))
    return min((due for due in dues if due is not None), default=None)


def _undecided(uow: UnitOfWork, channel: Channel, slot: Slot) -> tuple[int, ...]:
    """What somebody must decide: no question, and nothing that IT has not looked at and still has time for."""
    found = uow.tickets.search(channel.workspace, TicketFilter(conversation=channel.id, only_open=True, limit=MOST))
    asked = [one for one in found if one.state in UNDECIDED and one.kind != QUESTION.key]
    dues = [(one, deadline_of(uow, one, channel)) for one in asked]
    return rank((one.number, due, one.opened_at) for one, due in dues if _is_to_be_decided(one, due, slot))


def _is_to_be_decided(ticket: Ticket, due: datetime | None, slot: Slot) -> bool:
    """Begun, or overdue at the sync, or a campaign that starts before the next one."""
    if ticket.state not in UNTOUCHED:
        return True
    until = slot.at + WEEK if ticket.starts_on is not None else slot.at
    return due is not None and due <= until


def _alarms(uow: UnitOfWork, channel: Channel, before: Agenda | None, since: datetime) -> tuple[Alarm, ...]:
    """Alarms since the last agenda. One noted only after it, though it happened before, is not lost: hence the look
    further back, past what was listed there.
    """
    told = set(before.late) if before else set()
    found = uow.log.happened(
        channel.workspace, channel.id, [What.WARNED, What.BREACHED], before.since if before else since
    )
    alarms = [
        Alarm(ticket.number, event.data.get("clock", ""), event.at, event.what is What.BREACHED)
        for ticket, event in found
        if ticket.state is not State.WITHDRAWN
    ]
    fresh = {(alarm.number, alarm.clock) for alarm in alarms if alarm not in told}
    late = latest_alarms(alarm for alarm in alarms if (alarm.number, alarm.clock) in fresh)
    return tuple(alarm for alarm in late if alarm not in told)


def _opened(uow: UnitOfWork, channel: Channel, before: Agenda | None, since: datetime) -> tuple[int, ...]:
    told = {*before.opened, *before.decisions} if before else set()
    back_to = before.since if before else since
    wanted = TicketFilter(conversation=channel.id, opened_since=back_to, limit=MOST)
    found = [one for one in uow.tickets.search(channel.workspace, wanted) if one.state is not State.WITHDRAWN]
    return tuple(ticket.number for ticket in found if ticket.number not in told)


def _campaigns(uow: UnitOfWork, channel: Channel, slot: Slot) -> tuple[int, ...]:
    """Those of closed tickets too, unless they are called off: the ticket is settled, the campaign is to come."""
    today = slot.at.astimezone(channel.tz).date()
    wanted = TicketFilter(kind=CAMPAIGN.key, starts_from=today, starts_until=today + AHEAD, limit=MOST)
    off = {one.number for one in uow.readiness.of(channel.workspace) if one.is_off}
    tickets = uow.tickets.search(channel.workspace, wanted)
    going = [one for one in tickets if one.state is not State.WITHDRAWN and one.number not in off]
    found = sorted(going, key=lambda one: (str(one.starts_on), one.number))
    return tuple(ticket.number for ticket in found)


def _settled(uow: UnitOfWork, before: Agenda | None) -> tuple[int, ...]:
    if before is None or not before.decisions:
        return ()
    found = uow.tickets.search(before.workspace, TicketFilter(numbers=before.decisions, limit=MOST))
    ended = {ticket.number for ticket in found if ticket.state in ENDED}
    return tuple(number for number in before.decisions if number in ended)
