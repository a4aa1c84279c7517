"""How early IT was involved in campaigns, month by month: for one person, with every line as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO

from bot.attachments import Document
from bot.domain.involvement import Involvement, Share, before_the_date, date_fixed_at, in_time
from bot.domain.kinds import CAMPAIGN
from bot.domain.months import Month, read_month
from bot.domain.ticket import State, Ticket
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Line, Post, Request, Section, Strong, Text, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.agenda.place import channel_for
from bot.services.campaigns.overloads import Overloaded, overload_sections, overloads_in
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.sla.attainment_words import cell
from bot.services.sla.sla import agreed_for, channel_of
from bot.services.tickets.cards import ticket_link

MONTHS, LINKS_MOST, LATE_MOST, TICKETS_MOST = 6, 10, 10, 2000
TITLE_MOST = 60
COLUMNS = (
    "month", "ticket", "title", "first_day", "reach", "it_knew", "wanted_by", "in_time", "date_said", "before_date",
)  # fmt: skip
RULE = (
    "In time: IT knew at least the lead time for its size before the first day (/itcheck targets). "
    "Before the date: the ticket was there before anybody said a first day. Only you can see this."
)


@dataclass(frozen=True, slots=True)
class Told:
    """A campaign and how early IT knew of it."""

    ticket: Ticket
    involvement: Involvement


def involvement_report(desk: Desk, request: Request, words: str) -> Card:
    """The month some words mean and the five before it, by the first days of campaigns; the CSV comes directly.

    Raises Invalid for no month, Conflict without a marketing channel.
    """
    now = desk.at()
    with desk.look() as uow:
        channel = channel_for(uow, request.workspace, request.conversation)
        last = read_month(words, now, channel.tz)
        months = [last]
        while len(months) < MONTHS:
            months.insert(0, months[0].before)
        found = {month: campaigns_in(uow, channel, month) for month in months}
        overloads = overloads_in(uow, request.workspace, last.period(channel.tz))
    if any(found.values()):
        key = f"involvement:{request.key}"
        file = Document(f"campaigns-{last.name}.csv", as_csv(found, channel))
        card = Card(text=say("Every campaign since {month}, a line each.", month=months[0].title), file=file)
        with desk.unit_of_work() as uow:
            uow.outbox.put([Post(request.workspace, key, Address(person=request.actor), card, lane=key)])
    return _card(last, found, channel.zone, overloads)


def as_csv(found: dict[Month, list[Told]], channel: Channel) -> str:
    """A line for each campaign, times in the channel's zone."""
    out = StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for month, told in found.items():
        for one in told:
            sheet.writerow([cell(value) for value in _row(month, one, channel)])
    return out.getvalue()


def campaigns_in(uow: UnitOfWork, asked: Channel, month: Month) -> list[Told]:
    """The campaigns whose first day is in a month, by day."""
    period = month.period(asked.tz)
    first, end = (at.astimezone(asked.tz).date() for at in (period.since, period.until))
    wanted = TicketFilter(
        kind=CAMPAIGN.key, starts_from=first, starts_until=end - timedelta(days=1), limit=TICKETS_MOST
    )
    kept = [one for one in uow.tickets.search(asked.workspace, wanted) if one.state is not State.WITHDRAWN]
    told = [Told(ticket, _involvement(uow, ticket)) for ticket in kept]
    return sorted(told, key=lambda one: (one.involvement.first_day, one.ticket.number))


def _involvement(uow: UnitOfWork, ticket: Ticket) -> Involvement:
    """By the targets and hours that were agreed when it was opened, as its clock for the lead time counts."""
    channel = channel_of(uow, ticket)
    agreed, day = agreed_for(uow, ticket, channel), ticket.starts_on or ticket.opened_at.date()
    lead_s = agreed.targets_at(ticket.opened_at).lead_for(ticket.situation.reach)
    start = datetime.combine(day, time(), channel.tz)
    due = agreed.hours_for(ticket.requester, ticket.opened_at).calendar.sub(start, lead_s)
    fixed_at = date_fixed_at(uow.log.events(ticket.workspace, ticket.number))
    return Involvement(ticket.number, day, ticket.opened_at, due, fixed_at)


def _card(last: Month, found: dict[Month, list[Told]], zone: str, overloads: Sequence[Overloaded]) -> Card:
    told = found[last]
    late = [one for one in told if not one.involvement.is_in_time]
    months = tuple(Line(_month(month, found[month])) for month in sorted(found, reverse=True) if found[month])
    lines = [Line(_late(one, zone)) for one in late[:LATE_MOST]]
    lines += [Line(say("… and {more} more", more=str(len(late) - LATE_MOST)))] if len(late) > LATE_MOST else []
    return Card(
        title=f"📊 Campaigns and IT · {last.title}",
        text=(_summary(told),),
        sections=(
            *((Section("Month by month", months),) if months else ()),
            *((Section("Told too late", tuple(lines)),) if lines else ()),
            *overload_sections(overloads),
        ),
        note=say(RULE),
    )


def _summary(told: Sequence[Told]) -> str:
    if not told:
        return "No campaign begins in this month that IT knows of."
    found = [one.involvement for one in told]
    early = share_words(before_the_date(found))
    return f"IT knew of {share_words(in_time(found))} in time, and of {early} before the date was fixed."


def share_words(share: Share) -> str:
    """`3 of 4 (75 %)`."""
    return f"{share.count} of {share.of} ({share.percent} %)"


def _month(month: Month, told: Sequence[Told]) -> Text:
    def links(wanted: Callable[[Involvement], bool]) -> Text:
        fitting = [one.ticket for one in told if wanted(one.involvement)]
        return ticket_links(fitting)

    found = [one.involvement for one in told]
    return say(
        "{month}: in time {first}{these}; before the date {second}{those}; late{others}",
        month=Strong(month.title),
        first=share_words(in_time(found)),
        these=links(lambda one: one.is_in_time),
        second=share_words(before_the_date(found)),
        those=links(lambda one: one.is_before_the_date),
        others=links(lambda one: not one.is_in_time) or " none",
    )


def ticket_links(tickets: Sequence[Ticket]) -> Text:
    """A link to each, those beyond ten counted; empty for none."""
    text: Text = ()
    for ticket in tickets[:LINKS_MOST]:
        text = (*text, " ", *ticket_link(ticket))
    more = len(tickets) - LINKS_MOST
    return (*text, f" and {more} more") if more > 0 else text


def _late(one: Told, zone: str) -> Text:
    known = one.involvement
    return say(
        "{link} {title}: begins {day}, IT knew {knew}, wanted by {due}",
        link=ticket_link(one.ticket),
        title=shorten(one.ticket.title, TITLE_MOST),
        day=day_words(known.first_day),
        knew=day_words(known.knew_at, zone),
        due=day_words(known.due, zone),
    )


def _row(month: Month, one: Told, channel: Channel) -> tuple[object, ...]:
    known, ticket = one.involvement, one.ticket
    times = [
        at.astimezone(channel.tz).isoformat(timespec="minutes") if at else ""
        for at in (known.knew_at, known.due, known.fixed_at)
    ]
    yes = ["yes" if said else "no" for said in (known.is_in_time, known.is_before_the_date)]
    day, reach = known.first_day.isoformat(), ticket.facts.get("audience", "")
    return (month.name, ticket.name, ticket.title, day, reach, times[0], times[1], yes[0], times[2], yes[1])
