"""What people look up: the state of a ticket, lists, their Home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.abilities import is_of_it
from bot.domain.agenda import next_slot
from bot.domain.errors import Invalid
from bot.domain.events import Event
from bot.domain.kinds import CAMPAIGN
from bot.domain.people import Side, side_of
from bot.domain.ticket import Entry, Ticket
from bot.domain.workspace import Channel, Roles
from bot.messages import Button, Card, Line, Link, Mention, Moment, Section, Span, Strong, Text, say
from bot.messages import Channel as ChannelName
from bot.ports import TicketFilter, UnitOfWork
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.reviews.delivery_card import step_line
from bot.services.sla.sla import channel_of
from bot.services.tickets.cards import ticket_card, ticket_line, ticket_link
from bot.services.tickets.tickets import number_of

PAGE = 10
HOME_PAGE = 8
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
        buttons=_pager("list", which, page, len(found) > PAGE),
    )


def home_of(desk: Desk, workspace: str, actor: str, page: int = 0) -> Card:
    """A person's Home: what waits for them, their tickets, this week's campaigns, the next sync, the set-up."""
    who = desk.person(workspace, actor)
    now = desk.at()
    with desk.look() as uow:
        roles = uow.workspaces.roles(workspace)
        channels = uow.workspaces.listening(workspace)
        waiting = _once([*_escalated_to(uow, workspace, actor), *_waiting_for(uow, workspace, actor, roles)])
        mine = uow.tickets.search(workspace, _wanted("mine", actor, now, page * HOME_PAGE, HOME_PAGE + 1))
        others = [ticket for ticket in mine[:HOME_PAGE] if ticket.name not in {one.name for one in waiting}]
        week = _this_week(uow, workspace, now, channels)
    sections = [
        Section("Waiting for you", _ticket_lines(waiting) or (Line(say("Nothing. Well done!")),)),
        Section("My tickets", _ticket_lines(others) or (Line(say(_no_others(bool(waiting)))),)),
        Section("Campaigns this week", _ticket_lines(week) or (Line(say("None that I know of.")),)),
        Section("Next sync", tuple(_sync_line(channel, now) for channel in channels[:5])),
    ]
    if may_set_up(who, roles):
        sections.append(_set_up_section(channels))
    return Card(
        title="IT Liaison",
        text=say("Marketing and IT, in one place. Start with {command} in any channel.", command="/itcheck help"),
        sections=tuple(section for section in sections if section.lines),
        buttons=_pager("home", "", page, len(mine) > HOME_PAGE),
    )


def _no_others(has_some: bool) -> str:
    return "No others." if has_some else "None yet. Try /itcheck new-tool."


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


def _pager(action: str, which: str, page: int, more: bool) -> tuple[Button, ...]:
    buttons = []
    if page > 0:
        buttons.append(Button("← Newer", f"{action}_page", f"{which}:{page - 1}"))
    if more:
        buttons.append(Button("Older →", f"{action}_page", f"{which}:{page + 1}"))
    return tuple(buttons)


def _ticket_lines(tickets: Sequence[Ticket]) -> tuple[Line, ...]:
    return tuple(ticket_line(ticket) for ticket in tickets)


def _escalated_to(uow: UnitOfWork, workspace: str, actor: str) -> Sequence[Ticket]:
    numbers = tuple(one.number for one in uow.escalations.of(workspace) if one.person == actor)
    wanted = TicketFilter(numbers=numbers, only_open=True, limit=HOME_PAGE)
    return uow.tickets.search(workspace, wanted) if numbers else ()


def _once(tickets: Sequence[Ticket]) -> Sequence[Ticket]:
    return list({ticket.number: ticket for ticket in tickets}.values())[:HOME_PAGE]


def _waiting_for(uow: UnitOfWork, workspace: str, actor: str, roles: Roles) -> Sequence[Ticket]:
    if side_of(roles.of(actor)) is Side.IT:
        wanted = TicketFilter(liaison=actor, only_open=True, limit=HOME_PAGE)
        return [ticket for ticket in uow.tickets.search(workspace, wanted) if not ticket.waiting_for]
    wanted = TicketFilter(requester=actor, only_open=True, waiting_for_requester=True, limit=HOME_PAGE)
    return uow.tickets.search(workspace, wanted)


def _this_week(uow: UnitOfWork, workspace: str, now: datetime, channels: Sequence[Channel]) -> Sequence[Ticket]:
    today = now.astimezone(channels[0].tz).date() if channels else now.date()
    monday = today - timedelta(days=today.weekday())
    wanted = TicketFilter(
        kind=CAMPAIGN.key,
        only_open=True,
        starts_from=monday,
        starts_until=monday + timedelta(days=6),
        limit=HOME_PAGE,
    )
    return uow.tickets.search(workspace, wanted)


def _sync_line(channel: Channel, now: datetime) -> Line:
    slot = next_slot(now, channel.tz, channel.sync_weekday, channel.sync_hour)
    return Line(say("{channel}: {at}", channel=ChannelName(channel.id), at=Moment(slot.at, channel.zone)))


def _set_up_section(channels: Sequence[Channel]) -> Section:
    lines = tuple(
        Line(
            say(
                "{channel}: liaison {liaison}, {zone}",
                channel=ChannelName(channel.id),
                liaison=_named(channel.liaison),
                zone=channel.zone,
            ),
            Button("Change", "setup", channel.id),
        )
        for channel in channels[:10]
    )
    hint = Line(say("To add a channel, invite me to it and type /itcheck setup there."))
    return Section("Set-up", (*lines, hint))


def _named(person: str) -> Span:
    return Mention(person) if person else "nobody yet"


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
