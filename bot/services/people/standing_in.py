"""What follows when somebody goes out of office and comes back: who has their tickets, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.absence import Absence, Source, away_at
from bot.domain.events import What
from bot.domain.ticket import Ticket
from bot.messages import Address, Card, Line, Mention, Post, Section, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.people.absences import MOST, day_words, direct, tickets_of
from bot.services.sla.sla import channel_of
from bot.services.tickets.assignment import choose
from bot.services.tickets.cards import ticket_line, ticket_link
from bot.services.tickets.handover import handover_post
from bot.services.tickets.tickets import settle

AT_ONCE = 10
LISTED = 12
AWAY = "out of office"


def follow_absences(desk: Desk) -> bool:
    """One step: hand over what somebody leaves behind, or welcome them back. True if there may be more."""
    now = desk.at()
    with desk.unit_of_work() as uow:
        due = uow.absences.due(now, 1)
        for absence in due:
            if absence.is_on(now):
                _leave(uow, absence, now)
            else:
                _welcome(uow, absence, now)
                uow.absences.drop(absence)
    return bool(due)


def _leave(uow: UnitOfWork, absence: Absence, now: datetime) -> None:
    """Their open tickets go to the delegate, some at a time; where none was named they stay."""
    left = tickets_of(uow, absence.workspace, absence.person, MOST) if absence.delegate else ()
    moved = [one for ticket in left[:AT_ONCE] if (one := _hand_over(uow, absence, ticket.number, now))]
    if moved:
        uow.outbox.put([_taken_over(absence, person, moved) for person in dict.fromkeys(one.liaison for one in moved)])
    if not moved or len(left) <= AT_ONCE:
        uow.absences.save(absence.has_begun())


def _hand_over(uow: UnitOfWork, absence: Absence, number: int, now: datetime) -> Ticket | None:
    ticket = uow.tickets.get(absence.workspace, number)
    to = _stands_in(uow, absence, ticket, now)
    if not to or not ticket.assign(to, now, absence.person, AWAY):
        return None
    words = say(
        "{away} is out of office until {day}; {to} has this meanwhile, and keeps it until it is handed back.",
        away=Mention(absence.person),
        day=day_words(absence),
        to=Mention(to),
    )
    settle(uow, ticket, [thread_post(ticket, f"away:{ticket.revision}", Card(text=words)), handover_post(uow, ticket)])
    return ticket


def _stands_in(uow: UnitOfWork, absence: Absence, ticket: Ticket, now: datetime) -> str:
    """The delegate, or if they are away too whoever the rules choose then; empty if that is nobody else."""
    if absence.delegate not in away_at(uow.absences.of(absence.workspace), now):
        return absence.delegate
    chosen = choose(uow, ticket, channel_of(uow, ticket), "", now)
    return chosen.person if chosen and chosen.person != absence.person else ""


def _taken_over(absence: Absence, person: str, moved: Sequence[Ticket]) -> Post:
    mine = [ticket for ticket in moved if ticket.liaison == person]
    words = say(
        "You stand in for {away} until {day}. Each thread has a summary.",
        away=Mention(absence.person),
        day=day_words(absence),
    )
    card = Card(text=words, sections=(Section("", tuple(ticket_line(one) for one in mine)),))
    key = f"stand-in:{absence.person}:{absence.starts_at:%Y%m%dT%H%M}:{mine[0].number}"
    return Post(absence.workspace, key, Address(person=person), card, lane=key)


def _welcome(uow: UnitOfWork, absence: Absence, now: datetime) -> None:
    """What went to others stays with them, for they know it by now; who is back learns what, and how to get it."""
    if absence.source is Source.STATUS:
        return
    running = uow.tickets.search(absence.workspace, TicketFilter(only_open=True, limit=MOST))
    handed = [one for one in running if one.liaison != absence.person and _was_handed(uow, absence, one)]
    if not handed:
        uow.outbox.put([direct(absence, "back", say("Welcome back! New tickets come to you again."))])
        return
    words = say("Welcome back! New tickets come to you again. These stay where they went, for they know them by now. ")
    how = say("To take one back, type /itcheck reassign {name} @you.", name=handed[0].name)
    card = Card(text=words, sections=(Section("", tuple(_where(one) for one in handed[:LISTED])),), note=how)
    uow.outbox.put([replace(direct(absence, "back", words), card=card)])


def _was_handed(uow: UnitOfWork, absence: Absence, ticket: Ticket) -> bool:
    return any(
        (event.what, event.by, event.why) == (What.ASSIGNED, absence.person, AWAY) and event.at >= absence.starts_at
        for event in uow.log.events(ticket.workspace, ticket.number)
    )


def _where(ticket: Ticket) -> Line:
    return Line(
        say("{link} {title}: with {who}", link=ticket_link(ticket), title=ticket.title, who=Mention(ticket.liaison))
    )
