"""What people look up: the state of a ticket, and lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.abilities import is_of_it
from bot.domain.errors import Invalid
from bot.domain.events import Event
from bot.domain.ticket import Entry
from bot.domain.workspace import Channel
from bot.messages import Button, Card, Line, Link, Mention, Moment, Section, Strong, Text, say
from bot.ports import TicketFilter
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.reviews.delivery_card import step_line
from bot.services.sla.sla import channel_of
from bot.services.tickets.cards import ticket_card, ticket_line, ticket_link
from bot.services.tickets.tickets import number_of

PAGE = 10
WORDS_SHOWN = 280
FILES_SHOWN = 3
LISTS = {"open": "Open tickets", "mine": "Your tickets", "late": "Late tickets"}


def status_of(desk: Desk, workspace: str, actor: str, name: str) -> Card:
    """One ticket with the end of its log. Internal notes only for the IT side."""
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        channel = channel_of(uow, ticket)
        card = ticket_card(ticket, uow.clocks.of(workspace, ticket.number), channel)
        events = uow.log.events(workspace, ticket.number)
        entries = uow.log.entries(workspace, ticket.number)
        steps = uow.projects.of(workspace, ticket.number).steps
        of_it = is_of_it(ticket, actor, uow.workspaces.roles(workspace).of(actor))
    sections = (
        Section("", (Line(say("Its thread: {link}", link=ticket_link(ticket))),)),
        Section("After the yes", tuple(step_line(step) for step in steps)),
        Section("Last words", tuple(_entry_line(entry, channel) for entry in _said(entries)[-3:])),
        Section("Notes for IT", tuple(_entry_line(entry, channel) for entry in _notes(entries)[-5:] if of_it)),
        Section("What happened", tuple(_event_line(event, channel) for event in events[-6:])),
    )
    filled = tuple(section for section in sections if section.lines)
    return Card(card.title, card.text, card.facts, filled, note=say("Only you can see this."))


def list_tickets(desk: Desk, workspace: str, actor: str, which: str = "open", page: int = 0) -> Card:
    """A page of tickets. `which`: open, mine or late. Raises Invalid for another word."""
    if which not in LISTS:
        raise Invalid(f"I can list open, mine or late tickets, not “{which[:30]}”. Try /itcheck list mine.")
    wanted = _wanted(which, actor, desk.at(), page * PAGE, PAGE + 1)
    with desk.look() as uow:
        found = uow.tickets.search(workspace, wanted)
    if not found:
        return Card(text=say(_nothing(which)))
    lines = tuple(ticket_line(ticket) for ticket in found[:PAGE])
    return Card(
        sections=(Section(LISTS[which], lines),),
        buttons=pager("list", which, page, len(found) > PAGE),
    )


def _wanted(which: str, actor: str, now: datetime, offset: int, limit: int) -> TicketFilter:
    if which == "mine":
        return TicketFilter(involving=actor, only_open=True, offset=offset, limit=limit)
    if which == "late":
        return TicketFilter(only_open=True, only_late_at=now, offset=offset, limit=limit)
    return TicketFilter(only_open=True, offset=offset, limit=limit)


def _nothing(which: str) -> str:
    return {
        "open": "No open tickets. If something comes up, type /itcheck new-tool or /itcheck campaign.",
        "mine": "You have no open tickets. To start one, type /itcheck new-tool or /itcheck campaign.",
        "late": "Nothing is late.",
    }[which]


def pager(action: str, which: str, page: int, more: bool) -> tuple[Button, ...]:
    """The buttons to the newer and older ones of a list."""
    buttons = []
    if page > 0:
        buttons.append(Button("← Newer", f"{action}_page", f"{which}:{page - 1}"))
    if more:
        buttons.append(Button("Older →", f"{action}_page", f"{which}:{page + 1}"))
    return tuple(buttons)


def _event_line(event: Event, channel: Channel) -> Line:
    who: Text = (Mention(event.by),) if event.by else ("IT Liaison",)
    why = f": {event.why}" if event.why else ""
    return Line(
        say(
            "{at} {what} by {who}{why}",
            at=Moment(event.at, channel.zone),
            what=Strong(event.what.replace("_", " ")),
            who=who,
            why=why,
        )
    )


def _said(entries: Sequence[Entry]) -> Sequence[Entry]:
    return [entry for entry in entries if not entry.internal and entry.deleted_at is None]


def _notes(entries: Sequence[Entry]) -> Sequence[Entry]:
    return [entry for entry in entries if entry.internal]


def _entry_line(entry: Entry, channel: Channel) -> Line:
    text = say(
        "{at} {who}: {text}",
        at=Moment(entry.at, channel.zone),
        who=Mention(entry.author),
        text=shorten(entry.text, WORDS_SHOWN),
    )
    for number, url in enumerate(entry.files[:FILES_SHOWN], 1):
        text = (*text, " ", Link(url, f"file {number}"))
    return Line(text)
