"""A person's Home: what waits for them and what they follow, what is due first on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.agenda import next_slot
from bot.domain.clock import Clock
from bot.domain.kinds import CAMPAIGN
from bot.domain.ledger import ClockKind
from bot.domain.people import Side, side_of
from bot.domain.ticket import Ticket, WaitingFor
from bot.domain.workspace import Channel, Roles
from bot.messages import Button, Card, Line, Mention, Moment, Section, Span, say
from bot.messages import Channel as ChannelName
from bot.ports import TicketFilter, UnitOfWork
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.tickets.cards import owed_words, ticket_line

HOME_PAGE = 8
MINE_MOST = 100
NEVER = datetime.max.replace(tzinfo=UTC)
OWED_BY_REQUESTER = frozenset({ClockKind.BRIEF, ClockKind.LEAD_TIME})
Dues = Mapping[int, Clock]


@dataclass(frozen=True, slots=True)
class Running:
    """The clocks that run in a workspace, by ticket."""

    clocks: Mapping[int, Sequence[Clock]]

    def first(self, number: int) -> Clock | None:
        """What is due first on a ticket; None where nothing has a due time."""
        return _first(self.clocks.get(number, ()))

    def owed(self, ticket: Ticket, person: str) -> Clock | None:
        """What this person owes first on a ticket: a sign-off; who asked, also what IT has to be told."""
        mine = [one for one in self.clocks.get(ticket.number, ()) if _is_owed(one, ticket, person)]
        return _first(mine) or (mine[0] if mine else None)

    def signed_by(self, person: str) -> tuple[int, ...]:
        """The tickets on which somebody is asked for a sign-off."""
        return tuple(
            number
            for number, clocks in self.clocks.items()
            if any(one.kind is ClockKind.SIGN_OFF and one.person == person for one in clocks)
        )


def home_of(desk: Desk, workspace: str, actor: str, page: int = 0) -> Card:
    """A person's Home: what waits for them, their tickets, this week's campaigns, the next sync, the set-up."""
    who = desk.person(workspace, actor)
    now = desk.at()
    with desk.look() as uow:
        roles = uow.workspaces.roles(workspace)
        channels = uow.workspaces.listening(workspace)
        running = _running(uow, workspace, now)
        mine = uow.tickets.search(workspace, TicketFilter(involving=actor, only_open=True, limit=MINE_MOST))
        waiting = _waiting(uow, workspace, actor, roles, running, mine)
        week = _this_week(uow, workspace, now, channels)
    zone = channels[0].zone if channels else who.zone
    taken = {ticket.number for ticket, _ in waiting}
    others = _by_due([(ticket, running.first(ticket.number)) for ticket in mine if ticket.number not in taken])
    shown = others[page * HOME_PAGE : (page + 1) * HOME_PAGE]
    sections = [
        Section("Waiting for you", _lines(waiting, zone) or (Line(say("Nothing. Well done!")),)),
        Section("My tickets", _lines(shown, zone) or (Line(say(_no_others(bool(waiting)))),)),
        Section("Campaigns this week", tuple(map(ticket_line, week)) or (Line(say("None that I know of.")),)),
        Section("Next sync", tuple(_sync_line(channel, now) for channel in channels[:5])),
    ]
    if may_set_up(who, roles):
        sections.append(_set_up_section(channels))
    return Card(
        title="IT Liaison",
        text=say("Marketing and IT, in one place. Start with {command} in any channel.", command="/itcheck help"),
        sections=tuple(section for section in sections if section.lines),
        buttons=_pager(page, len(others) > (page + 1) * HOME_PAGE),
    )


Due = tuple[Ticket, Clock | None]


def _waiting(
    uow: UnitOfWork, workspace: str, actor: str, roles: Roles, running: Running, mine: Sequence[Ticket]
) -> list[Due]:
    """What somebody has to do something about, each with what is due: what they owe, else what the ticket's is."""
    to_sign = running.signed_by(actor)
    signing = uow.tickets.search(workspace, TicketFilter(numbers=to_sign, only_open=True)) if to_sign else ()
    owing = [ticket for ticket in [*mine, *signing] if running.owed(ticket, actor)]
    asked = [*_escalated_to(uow, workspace, actor), *_waiting_for(actor, roles, mine)]
    found = {ticket.number: ticket for ticket in [*asked, *owing]}.values()
    dues = [(ticket, running.owed(ticket, actor) or running.first(ticket.number)) for ticket in found]
    return _by_due(dues)[:HOME_PAGE]


def _running(uow: UnitOfWork, workspace: str, now: datetime) -> Running:
    found: dict[int, list[Clock]] = {}
    for number, clock in uow.clocks.alive(workspace, now):
        if clock.is_open:
            found.setdefault(number, []).append(clock)
    return Running(found)


def _is_owed(clock: Clock, ticket: Ticket, person: str) -> bool:
    if clock.kind is ClockKind.SIGN_OFF:
        return clock.person == person
    return clock.kind in OWED_BY_REQUESTER and ticket.requester == person


def _first(clocks: Sequence[Clock]) -> Clock | None:
    timed = [one for one in clocks if one.due_at is not None and not one.is_paused]
    return min(timed, key=lambda one: one.due_at or NEVER, default=None)


def _by_due(dues: Sequence[Due]) -> list[Due]:
    """What is due first comes first; what has no due time last, the newest of it first."""
    return sorted(dues, key=lambda one: ((one[1].due_at if one[1] else None) or NEVER, -one[0].number))


def _lines(dues: Sequence[Due], zone: str) -> tuple[Line, ...]:
    return tuple(_line(ticket, clock, zone) for ticket, clock in dues)


def _line(ticket: Ticket, clock: Clock | None, zone: str) -> Line:
    line = ticket_line(ticket)
    if clock is None or clock.due_at is None:
        return line
    what = owed_words(clock.kind)
    if clock.is_late_on_arrival:
        return Line(line.text + say(" · {what} at short notice", what=what))
    late = " was due" if clock.is_breached else " by"
    return Line(line.text + say(" · {what}{late} {at}", what=what, late=late, at=Moment(clock.due_at, zone)))


def _pager(page: int, more: bool) -> tuple[Button, ...]:
    back = (Button("← Sooner", "home_page", f":{page - 1}"),) if page > 0 else ()
    return (*back, Button("Later →", "home_page", f":{page + 1}")) if more else back


def _no_others(has_some: bool) -> str:
    return "No others." if has_some else "None yet. Try /itcheck new-tool."


def _escalated_to(uow: UnitOfWork, workspace: str, actor: str) -> Sequence[Ticket]:
    numbers = tuple(one.number for one in uow.escalations.of(workspace) if one.person == actor)
    wanted = TicketFilter(numbers=numbers, only_open=True, limit=HOME_PAGE)
    return uow.tickets.search(workspace, wanted) if numbers else ()


def _waiting_for(actor: str, roles: Roles, mine: Sequence[Ticket]) -> list[Ticket]:
    """What IT has to go on with, or IT's questions to who asked."""
    if side_of(roles.of(actor)) is Side.IT:
        return [ticket for ticket in mine if ticket.liaison == actor and not ticket.waiting_for]
    return [ticket for ticket in mine if ticket.requester == actor and ticket.waiting_for is WaitingFor.REQUESTER]


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
    words = say("{channel}: {at}", channel=ChannelName(channel.id), at=Moment(slot.at, channel.zone))
    return Line(words + (say(" · IT liaison {who}", who=Mention(channel.liaison)) if channel.liaison else ()))


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
