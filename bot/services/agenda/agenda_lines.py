"""The lines of an agenda, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.action import Action, ActionState
from bot.domain.agenda import LINES_MOST, Alarm, Decision, Topic
from bot.domain.kinds import kind_of
from bot.domain.sla import ClockKind
from bot.domain.ticket import State, Ticket
from bot.messages import Button, Line, Mention, Text, say
from bot.services.intake.intake import shorten
from bot.services.tickets.cards import CLOCK_WORDS, liaison_of, owed_words, state_words, ticket_link

if TYPE_CHECKING:  # what a table shows is told with these words itself
    from bot.services.agenda.agenda_table import Table

TITLE_MOST = 60
WORDS_MOST = 140
OWED_BY_MARKETING = frozenset({ClockKind.LEAD_TIME, ClockKind.BRIEF})


def day_words(day: date | datetime, zone: str = "UTC", *, with_time: bool = False) -> str:
    """A day as people say it, `Mon 7 Dec`, for an instant in a zone; with its hour if wanted."""
    local = day.astimezone(ZoneInfo(zone)) if isinstance(day, datetime) else day
    words = f"{local:%a} {local.day} {local:%b}"
    return f"{words}, {local:%H:%M}" if with_time else words


def decision_lines(table: Table) -> list[Line]:
    """What has to be decided, in its order; what is decided by now stays in its place with a tick."""
    taken = {one.ticket: one for one in table.decided if one.ticket is not None}
    lines = []
    for number in table.agenda.decisions:
        ticket = table.tickets.get(number)
        if ticket is not None:
            lines.append(_decided(taken[number], ticket) if number in taken else _undecided(table, ticket))
    return lines


def decided_lines(table: Table) -> list[Line]:
    """What was decided beside the list."""
    listed = set(table.agenda.decisions)
    return [_decided(one, table.tickets.get(one.ticket or 0)) for one in table.decided if one.ticket not in listed]


def late_lines(table: Table) -> list[Line]:
    """One line a ticket: what is late on it, or soon will be, and with whom it is."""
    by_ticket: dict[int, list[Alarm]] = {}
    for alarm in table.agenda.late:
        by_ticket.setdefault(alarm.number, []).append(alarm)
    known = [(table.tickets[number], alarms) for number, alarms in by_ticket.items() if number in table.tickets]
    return [_late(table, ticket, alarms) for ticket, alarms in known]


def opened_lines(table: Table) -> list[Line]:
    """The new tickets, side by side."""
    found = [table.tickets[number] for number in table.agenda.opened if number in table.tickets]
    if not found:
        return []
    text: Text = ()
    for ticket in found[:LINES_MOST]:
        text = (*text, " · " if text else "", *_name(ticket))
    more = len(found) - LINES_MOST
    return [Line((*text, f" … and {more} more") if more > 0 else text)]


def campaign_lines(table: Table) -> list[Line]:
    """The campaigns ahead, with their first day."""
    found = [table.tickets[number] for number in table.agenda.campaigns if number in table.tickets]
    return [
        Line(
            say(
                "{day}: {link} {title} — {state}",
                day=day_words(ticket.starts_on) if ticket.starts_on else "no date yet",
                link=ticket_link(ticket),
                title=shorten(ticket.title, TITLE_MOST),
                state=state_words(ticket),
            )
        )
        for ticket in found
    ]


def action_lines(table: Table, done: str) -> list[Line]:
    """What is to be done, then what has been settled since the agenda was posted. `done`: the button's action."""
    settled = [one for one in table.actions if one.settled_at and one.settled_at >= table.agenda.posted_at]
    return [
        *(_todo(table, one, done) for one in table.unfinished),
        *(_settled(one) for one in settled),
    ]


def topic_lines(topics: Sequence[Topic]) -> list[Line]:
    """What people want to talk about."""
    return [Line(say("• {words} — {who}", words=shorten(one.words, WORDS_MOST), who=_by(one))) for one in topics]


def _by(one: Topic) -> Text:
    """Who brought a topic; a renewal without an owner is ours."""
    return (Mention(one.by),) if one.by else ("IT Liaison",)


def became_lines(table: Table) -> list[Line]:
    """What was decided, done and closed of what stood on the last agenda."""
    taken = [one for one in table.decisions if one.at < table.agenda.posted_at]
    told = {one.ticket for one in taken}
    ended = [table.tickets[n] for n in table.agenda.settled if n in table.tickets and n not in told]
    return [
        *(_decided(one, table.tickets.get(one.ticket or 0)) for one in taken),
        *(_settled(one) for one in table.became),
        *(_ended(one) for one in ended),
    ]


def _undecided(table: Table, ticket: Ticket) -> Line:
    if ticket.is_finished or ticket.state is State.DECIDED:
        return _ended(ticket)
    waits = f"{state_words(ticket)}, " if ticket.waiting_for else ""
    return Line(
        say(
            "{name} — {deadline}{waits}{liaison}",
            name=_name(ticket),
            deadline=_deadline(table, ticket),
            waits=waits,
            liaison=liaison_of(ticket),
        )
    )


def _deadline(table: Table, ticket: Ticket) -> str:
    if ticket.starts_on is not None:
        return f"starts {day_words(ticket.starts_on)}, "
    due = table.deadlines.get(ticket.number)
    if due is None:
        return ""
    past = "was " if due < table.agenda.posted_at else ""
    return f"{past}due {day_words(due, table.channel.zone)}, "


def _decided(decision: Decision, ticket: Ticket | None) -> Line:
    about: Text = (*ticket_link(ticket), " ", shorten(ticket.title, TITLE_MOST), ": ") if ticket else ()
    what = shorten(decision.what, WORDS_MOST)
    return Line(say("✅ {about}{what} — decided by {who}", about=about, what=what, who=Mention(decision.by)))


def _ended(ticket: Ticket) -> Line:
    outcome = f": {shorten(ticket.outcome, WORDS_MOST)}" if ticket.outcome else ""
    return Line(say("✅ {name} — {state}{outcome}", name=_name(ticket), state=state_words(ticket), outcome=outcome))


def _late(table: Table, ticket: Ticket, alarms: Sequence[Alarm]) -> Line:
    breached = [alarm for alarm in alarms if alarm.breached]
    what = " and ".join(dict.fromkeys(_owed(alarm.clock) for alarm in breached or alarms))
    since = day_words(min(alarm.at for alarm in alarms), table.channel.zone)
    by_marketing = any(alarm.clock in OWED_BY_MARKETING for alarm in breached or alarms)
    return Line(
        say(
            "{sign} {link} {title} — {what} {how}, {who}",
            sign="⌛" if breached else "⏳",
            link=ticket_link(ticket),
            title=shorten(ticket.title, TITLE_MOST),
            what=what,
            how=_how(ticket, f"late since {since}" if breached else "soon due"),
            who=(Mention(ticket.requester),) if by_marketing else liaison_of(ticket),
        )
    )


def _how(ticket: Ticket, words: str) -> str:
    return f"{words}, {state_words(ticket)} by now" if ticket.is_finished else words


def _owed(kind: str) -> str:
    return next((owed_words(clock) for clock in CLOCK_WORDS if clock == kind), kind)


def _todo(table: Table, action: Action, done: str) -> Line:
    button = Button("Done", done, f"{table.agenda.name}:{action.id}") if done else None
    taken = action.carried_at is not None and action.carried_at > table.agenda.posted_at
    times = f", carried over {action.carried}×" if action.carried else ""
    ticket = table.tickets.get(action.ticket or 0)
    return Line(
        say(
            "{sign} {what} — {owner}{due}{times}{ticket}",
            sign="↻" if taken else "☐",
            what=shorten(action.what, WORDS_MOST),
            owner=Mention(action.owner),
            due=f", by {day_words(action.due)}" if action.due else "",
            times=times,
            ticket=(", ", *ticket_link(ticket)) if ticket else (),
        ),
        button,
    )


def _settled(action: Action) -> Line:
    done = action.state is ActionState.DONE
    return Line(
        say(
            "{sign} {what} — {how} by {who}",
            sign="✅" if done else "✖️",
            what=shorten(action.what, WORDS_MOST),
            how="done" if done else "dropped",
            who=Mention(action.settled_by),
        )
    )


def _name(ticket: Ticket) -> Text:
    sign, title = kind_of(ticket.kind).sign, shorten(ticket.title, TITLE_MOST)
    return say("{sign} {link} {title}", sign=sign, link=ticket_link(ticket), title=title)
