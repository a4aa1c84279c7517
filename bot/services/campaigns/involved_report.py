"""How early IT was involved, as people read it: each figure with its tickets, by month and team; picture and CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import TypeVar

from bot.attachments import Document, Picture
from bot.charts import Bar, Bars
from bot.domain.involvement import Share, before_the_decision, in_time
from bot.domain.months import read_month
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Line, Post, Request, Section, Strong, Text, say
from bot.messages import Channel as ChannelName
from bot.services.agenda.place import channel_for
from bot.services.campaigns.involved import Involved, ToolTold, involved_in
from bot.services.campaigns.involvement import Told, share_words, ticket_links
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.reviews.delivery_card import actual_words
from bot.services.sla.attainment_words import cell
from bot.services.tickets.cards import ticket_link

One = TypeVar("One", ToolTold, Told)
MONTHS, COSTS_MOST, TITLE_MOST = 6, 8, 60
COLUMNS = ("month", "team", "ticket", "kind", "title", "it_knew", "fixed", "before", "lead_days", "in_time")
TOOLS, CAMPAIGNS = "tools: before the decision", "campaigns: in time"
COLOURS = {TOOLS: "#3566b8", CAMPAIGNS: "#e58a3c"}
RULE = (
    "A tool counts in the month its vendor was fixed: when somebody first said it is chosen or bought, else when "
    "it was decided or closed. A campaign counts by its first day, in time if IT knew the lead time before."
)


def involved_report(desk: Desk, request: Request, words: str) -> Card:
    """The month some words mean and the five before it; picture and CSV come directly.

    Raises Invalid for no month, Conflict without a marketing channel.
    """
    with desk.look() as uow:
        channel = channel_for(uow, request.workspace, request.conversation)
        found = involved_in(uow, channel, read_month(words, desk.at(), channel.tz), MONTHS)
    if any(not one.is_empty for one in found):
        with desk.unit_of_work() as uow:
            uow.outbox.put(_direct(request, found, channel))
    return _card(found)


def involved_words(one: Involved) -> Text:
    """One month's shares with the tickets behind each of them."""
    tools, campaigns = _shares(one).get(TOOLS), _shares(one).get(CAMPAIGNS)
    parts: Text = ()
    if tools:
        early, late = _parted(one.tools, lambda each: each.involvement.is_before_the_decision)
        parts = (f"tools before the decision {share_words(tools)}", *ticket_links(early), *_others(", after it", late))
    if campaigns:
        timely, late = _parted(one.campaigns, lambda each: each.involvement.is_in_time)
        told = f"{' · ' if parts else ''}campaigns in time {share_words(campaigns)}"
        parts = (*parts, told, *ticket_links(timely), *_others(", late", late))
    return parts or ("nothing to count",)


def _others(words: str, tickets: Sequence[Ticket]) -> Text:
    return (words, *ticket_links(tickets)) if tickets else ()


def involved_picture(found: Sequence[Involved], title: str) -> Picture:
    """Bars by month: the share of tools and of campaigns, in percents; a month without any has none."""
    shares = [(one.month, part, share) for one in found for part, share in _shares(one).items()]
    bars = tuple(Bar(f"{month.title[:3]} {month.year}", part, float(share.percent)) for month, part, share in shares)
    colours = tuple(COLOURS[part] for part in dict.fromkeys(part for _, part, _ in shares))
    told = "; ".join(f"{month.title}, {part}, {share_words(share)}" for month, part, share in shares)
    return Picture(Bars(title, f"{title}: {told}.", "%", bars, colours=colours))


def as_csv(found: Sequence[Involved], channel: Channel) -> str:
    """A line for each tool and campaign, times in the channel's zone."""
    out = StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for month in found:
        rows = [_tool_row(one, channel) for one in month.tools]
        rows += [_campaign_row(one, channel) for one in month.campaigns]
        sheet.writerows([month.month.name, *map(cell, row)] for row in rows)
    return out.getvalue()


def _shares(one: Involved) -> Mapping[str, Share]:
    """The shares of a month that can be told."""
    tools = before_the_decision([each.involvement for each in one.tools])
    campaigns = in_time([each.involvement for each in one.campaigns])
    return {part: share for part, share in ((TOOLS, tools), (CAMPAIGNS, campaigns)) if share.of}


def _parted(found: Sequence[One], is_early: Callable[[One], bool]) -> tuple[list[Ticket], list[Ticket]]:
    early = [one.ticket for one in found if is_early(one)]
    return early, [one.ticket for one in found if not is_early(one)]


def _card(found: Sequence[Involved]) -> Card:
    last = found[-1]
    told = [one for one in reversed(found) if not one.is_empty]
    months = [Line(say("{month}: {told}", month=Strong(one.month.title), told=involved_words(one))) for one in told]
    teams = [(team, involved_words(last.of_team(team))) for team in last.teams]
    by_team = [Line(say("{team}: {told}", team=ChannelName(team), told=words)) for team, words in teams]
    sections = (
        Section("Month by month", tuple(months)),
        Section(f"By team, {last.month.title}", tuple(by_team) if len(by_team) > 1 else ()),
        Section("What the tools cost in the end", tuple(_costs(last))),
    )
    return Card(
        title=f"📊 IT involved · {last.month.title}",
        text=(_summary(last),),
        sections=tuple(one for one in sections if one.lines),
        note=say(RULE),
    )


def _summary(last: Involved) -> str:
    if last.is_empty:
        return "No tool was fixed and no campaign begins in this month that IT knows of."
    shares, told = _shares(last), []
    if TOOLS in shares:
        early = [one.involvement for one in last.tools if one.involvement.is_before_the_decision]
        days = f", {round(sum(one.lead_days for one in early) / len(early))} days before on average" if early else ""
        told.append(f"IT was in before the decision with {share_words(shares[TOOLS])} of the tools{days}.")
    if CAMPAIGNS in shares:
        told.append(f"It knew of {share_words(shares[CAMPAIGNS])} of the campaigns in time.")
    return " ".join(told)


def _costs(last: Involved) -> list[Line]:
    """What the month's tools cost in the end, beside the estimate."""
    lines = []
    for one in last.tools:
        if one.actual is not None:
            pairs = actual_words(one.actual, one.sheet)
            words = "; ".join(f"{name.lower()} {told}" for name, told in pairs)
            title = shorten(one.ticket.title, TITLE_MOST)
            lines.append(Line(say("{link} {title}: {words}", link=ticket_link(one.ticket), title=title, words=words)))
    return lines[:COSTS_MOST]


def _direct(request: Request, found: Sequence[Involved], channel: Channel) -> list[Post]:
    key, to = f"involved:{request.key}", Address(person=request.actor)
    title = f"IT involved, {found[0].month.title} – {found[-1].month.title}"
    picture = Card(text=say("{title}.", title=title), picture=involved_picture(found, title))
    file = Document(f"involved-{found[-1].month.name}.csv", as_csv(found, channel))
    sheet = Card(text=say("Every tool and campaign, a line each."), file=file)
    return [
        Post(request.workspace, key, to, picture, lane=key),
        Post(request.workspace, f"{key}:csv", to, sheet, lane=key),
    ]


def _tool_row(one: ToolTold, channel: Channel) -> list[object]:
    known = one.involvement
    moments = [_moment(known.knew_at, channel), _moment(known.fixed_at, channel)]
    return [*_named(one.ticket), *moments, _yes(known.is_before_the_decision), known.lead_days, ""]


def _campaign_row(one: Told, channel: Channel) -> list[object]:
    known = one.involvement
    days = (known.first_day - known.knew_at.astimezone(channel.tz).date()).days
    moments = [_moment(known.knew_at, channel), _moment(known.fixed_at, channel)]
    return [*_named(one.ticket), *moments, _yes(known.is_before_the_date), max(0, days), _yes(known.is_in_time)]


def _named(ticket: Ticket) -> list[object]:
    return [ticket.place.conversation, ticket.name, ticket.kind, ticket.title]


def _moment(at: datetime | None, channel: Channel) -> str:
    return at.astimezone(channel.tz).isoformat(timespec="minutes") if at else ""


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
