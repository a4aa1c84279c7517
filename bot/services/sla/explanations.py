"""Why a ticket's clocks stand as they do: their ledgers in words, and the same worked out again from the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime

from bot.domain.clockwork import replay
from bot.domain.hours import Calendar
from bot.domain.sla import SIDE_WORDS, Clock, Judgement, Standing, explain, left_words, standing, told
from bot.messages import Card, Line, Moment, Section, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.sla.sla import agreed_for, channel_of, save_clocks
from bot.services.tickets.cards import CLOCK_WORDS, ticket_link
from bot.services.tickets.tickets import number_of

CLOCKS_SHOWN = 6
LINES_SHOWN = 5


def explain_ticket(desk: Desk, workspace: str, name: str) -> Card:
    """A ticket's clocks for the chat: what runs comes first, and of each the last lines. Raises NotFound or Invalid."""
    now = desk.at()
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        channel = channel_of(uow, ticket)
        clocks = uow.clocks.of(workspace, ticket.number)
        agreed = agreed_for(uow, ticket, channel, clocks)
    newest = sorted(clocks, key=lambda clock: (not clock.is_open, -clock.started_at.timestamp()))
    sections = tuple(_section(clock, agreed.calendar_of(clock), now) for clock in newest[:CLOCKS_SHOWN])
    more = len(newest) - CLOCKS_SHOWN
    return Card(
        text=say(
            "{link} {title}: who owes what, and how it was counted.", link=ticket_link(ticket), title=ticket.title
        ),
        sections=sections,
        note=say("{more}Only you can see this.", more=f"{more} earlier ones are not shown. " if more > 0 else ""),
    )


def explained(uow: UnitOfWork, workspace: str, name: str) -> tuple[str, ...]:
    """Every line of every clock of a ticket."""
    ticket = uow.tickets.get(workspace, number_of(name))
    clocks = uow.clocks.of(workspace, ticket.number)
    agreed = agreed_for(uow, ticket, channel_of(uow, ticket), clocks)
    return tuple(line for clock in clocks for line in explain(clock, agreed.calendar_of(clock)))


def recompute(uow: UnitOfWork, workspace: str, number: int, *, keep: bool = False) -> tuple[str, ...]:
    """Work a ticket's clocks out again from its log: what is different from what is stored, in words.

    keep: store what came out; what is stored besides and cannot be told from the log stays.
    """
    ticket = uow.tickets.get(workspace, number)
    channel, stored = channel_of(uow, ticket), uow.clocks.of(workspace, number)
    agreed = agreed_for(uow, ticket, channel, stored)
    anew = replay(uow.log.events(workspace, number), ticket.situation, agreed)
    if keep and anew:
        save_clocks(uow, ticket, anew, channel)
    return tuple(f"{ticket.name} {line}" for line in _differences(_by_key(stored), _by_key(anew)))


def _section(clock: Clock, calendar: Calendar, now: datetime) -> Section:
    what = f"{CLOCK_WORDS[clock.kind]} · owed by {SIDE_WORDS[clock.owed_by]} · {_stands(clock, calendar, now)}"
    lines = told(clock, calendar)
    shown = lines if len(lines) <= LINES_SHOWN else (lines[0], *lines[1 - LINES_SHOWN :])
    due = [Line(say("Due {at}", at=Moment(clock.due_at, calendar.zone)))] if clock.is_open and clock.due_at else []
    entries = [
        Line(say("{at} {what} · {left}", at=Moment(one.at, calendar.zone), what=one.what, left=one.left))
        for one in shown
    ]
    return Section(what, (*due, *entries))


def _stands(clock: Clock, calendar: Calendar, now: datetime) -> str:
    how = standing(clock, calendar, now)
    if how is Standing.MET:
        return "met in time" if clock.judged(calendar) is Judgement.MET else "met late"
    if how is Standing.CANCELLED:
        return how.value
    return f"{how.value}, {left_words(clock.remaining(calendar, now))}"


Key = tuple[str, int]


def _by_key(clocks: Iterable[Clock]) -> dict[Key, Clock]:
    return {(clock.kind.value, clock.cycle): clock for clock in clocks}


def _differences(stored: Mapping[Key, Clock], anew: Mapping[Key, Clock]) -> list[str]:
    lines: list[str] = []
    for key in sorted({*stored, *anew}):
        name, before, after = f"{key[0]} {key[1]}", stored.get(key), anew.get(key)
        if before is None or after is None:
            lines.append(f"{name}: {'only in the log' if before is None else 'stored, and not in the log'}")
        else:
            lines += [f"{name}: {line}" for line in _changes(before, after)]
    return lines


def _changes(before: Clock, after: Clock) -> Sequence[str]:
    names = [field.name for field in fields(Clock) if getattr(before, field.name) != getattr(after, field.name)]
    return [f"{name} {_short(getattr(before, name))} → {_short(getattr(after, name))}" for name in names]


def _short(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, tuple):
        return f"({', '.join(_short(getattr(each, 'what', each)) for each in value)})"
    return str(value) or "none"
