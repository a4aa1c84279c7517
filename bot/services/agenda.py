"""The weekly sync agenda: posted once per channel and week, at its own hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.agenda import WEEK, Slot, latest_slot
from bot.domain.events import What
from bot.domain.kinds import CAMPAIGN
from bot.domain.ticket import State, Ticket
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Line, Moment, Post, Section, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.cards import CLOCK_WORDS, liaison_of, owed_words, state_words, ticket_line, ticket_link
from bot.services.desk import Desk

JOB = "agenda"
AHEAD = timedelta(weeks=4)
LINES_MOST = 8


def post_agendas(desk: Desk) -> bool:
    """Post what is due. One channel a unit of work; True if there may be more."""
    now = desk.at()
    with desk.look() as uow:
        channels = uow.workspaces.listening()
    for channel in channels:
        if channel.set_up_at is not None:
            _post_agenda(desk, channel, now)
    return False


def _post_agenda(desk: Desk, channel: Channel, now: datetime) -> None:
    slot = latest_slot(now, channel.tz, channel.sync_weekday, channel.sync_hour)
    set_up = channel.set_up_at or now
    if slot.at < set_up or slot.is_too_old(now):
        return
    with desk.unit_of_work() as uow:
        job = f"{JOB}:{channel.id}"
        before = uow.occurrences.last(channel.workspace, job)
        if before is not None and before[0] == slot.name:
            return
        if not uow.occurrences.claim(channel.workspace, job, slot.name, slot.at):
            return
        since = before[1] if before else set_up
        card = agenda_card(uow, channel, slot, since)
        key = f"{JOB}:{channel.id}:{slot.name}"
        uow.outbox.put([Post(channel.workspace, key, Address(channel.id), card, lane=key)])


def agenda_card(uow: UnitOfWork, channel: Channel, slot: Slot, since: datetime) -> Card:
    """The agenda of a channel for one week: decisions, breaches, new tickets, campaigns ahead."""
    sections = [
        _decisions(uow, channel),
        _breaches(uow, channel, since),
        _new_tickets(uow, channel, since),
        _campaigns(uow, channel, slot),
    ]
    filled = tuple(section for section in sections if section.lines)
    text = say("Here is what is on the table since {since}.", since=Moment(since, channel.zone))
    if not filled:
        text = say("Nothing open between marketing and IT this week. Enjoy the quiet!")
    if slot.at - since > WEEK + timedelta(days=1):
        text = (*text, " The last agenda was skipped, so this one covers more than a week.")
    return Card(title=f"🗓️ Weekly sync · {slot.name}", text=text, sections=filled)


def _decisions(uow: UnitOfWork, channel: Channel) -> Section:
    wanted = TicketFilter(conversation=channel.id, only_open=True, limit=200)
    open_ones = list(uow.tickets.search(channel.workspace, wanted))
    urgent_first = sorted(open_ones, key=_by_urgency)
    return Section("Decisions needed", _lines(urgent_first))


def _by_urgency(ticket: Ticket) -> tuple[bool, str, datetime]:
    start = ticket.starts_on.isoformat() if ticket.starts_on else "9999"
    return (ticket.state is State.WAITING, start, ticket.opened_at)


def _breaches(uow: UnitOfWork, channel: Channel, since: datetime) -> Section:
    found = uow.log.happened(channel.workspace, channel.id, [What.BREACHED], since)
    lines = tuple(
        Line(
            say(
                "{link} {title}: {clock} late since {at} ({liaison})",
                link=ticket_link(ticket),
                title=ticket.title,
                clock=_clock_words(event.data.get("clock", "")),
                at=Moment(event.at, channel.zone),
                liaison=liaison_of(ticket),
            )
        )
        for ticket, event in found[:LINES_MOST]
    )
    return Section("Late", lines)


def _clock_words(kind: str) -> str:
    return next((owed_words(clock) for clock in CLOCK_WORDS if clock == kind), kind)


def _new_tickets(uow: UnitOfWork, channel: Channel, since: datetime) -> Section:
    wanted = TicketFilter(conversation=channel.id, opened_since=since, limit=200)
    found = [ticket for ticket in uow.tickets.search(channel.workspace, wanted) if ticket.state is not State.WITHDRAWN]
    return Section("New since last time", _lines(found))


def _campaigns(uow: UnitOfWork, channel: Channel, slot: Slot) -> Section:
    today = slot.at.astimezone(channel.tz).date()
    wanted = TicketFilter(kind=CAMPAIGN.key, only_open=True, starts_from=today, starts_until=today + AHEAD, limit=200)
    found = sorted(uow.tickets.search(channel.workspace, wanted), key=lambda ticket: str(ticket.starts_on))
    lines = tuple(_campaign_line(ticket) for ticket in found[:LINES_MOST])
    return Section("Campaigns in the next four weeks", lines)


def _campaign_line(ticket: Ticket) -> Line:
    day = f"{ticket.starts_on:%a %d %b}" if ticket.starts_on else "no date yet"
    return Line(
        say(
            "{day}: {link} {title} — {state}",
            day=day,
            link=ticket_link(ticket),
            title=ticket.title,
            state=state_words(ticket),
        )
    )


def _lines(tickets: Sequence[Ticket]) -> tuple[Line, ...]:
    lines = [ticket_line(ticket) for ticket in tickets[:LINES_MOST]]
    more = len(tickets) - LINES_MOST
    if more > 0:
        lines.append(Line(say("… and {more} more: /itcheck list open", more=str(more))))
    return tuple(lines)
