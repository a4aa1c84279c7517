"""The SLA report of a month: on request for one person, and posted by itself on the first working day after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import structlog

from bot.attachments import Document
from bot.domain.agreed import Agreed, owners_for
from bot.domain.errors import Invalid, NotFound
from bot.domain.hours import Calendar
from bot.domain.months import Month, first_working_day, read_month
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Code, Post, Request, Text, say
from bot.ports import UnitOfWork
from bot.services.agenda.place import channel_for
from bot.services.ask.helpfulness import asked_sections
from bot.services.campaigns.overloads import overload_sections
from bot.services.desk import Desk
from bot.services.sla.attainment import Record, record_of
from bot.services.sla.attainment_words import as_csv, figures, lateness, picture, summary

JOB = "sla-report"
WORKING_TIME = "Times are working time, without pauses. A late one counts in the month it was due."
NAMED_MOST = 50

log = structlog.get_logger()


def report_for(desk: Desk, request: Request) -> Card | None:
    """The report of the month that was asked for. Whoever asked sees it at once; picture and CSV come directly.

    In a direct conversation nothing is said beside that (None). Raises Invalid for no month, Conflict without a
    marketing channel, NotAllowed for guests.
    """
    desk.member(request.workspace, request.actor)
    now = desk.at()
    with desk.look() as uow:
        channel = channel_for(uow, request.workspace, request.conversation)
        month = read_month(request.text, now, channel.tz)
        record = record_of(uow, channel, month.period(channel.tz), now)
    if not record.verdicts:
        return report_card(record, month, note=say("Only you can see this."))
    names = _names(desk, request.workspace, record)
    with desk.unit_of_work() as uow:
        uow.outbox.put(_direct_posts(request, record, month, names))
    note = say("Only you can see this. Its picture and the CSV are in our direct messages.")
    return None if request.is_direct else report_card(record, month, note=note)


def month_of(uow: UnitOfWork, workspace: str, words: str, now: datetime) -> tuple[Record, Month]:
    """The record of a workspace (the only one, if none is named) in the month that some words mean.

    Raises Invalid for no month, or where no workspace is set up, or several are.
    """
    channels = [one for one in uow.workspaces.listening(workspace) if one.set_up_at is not None]
    found = sorted({one.workspace for one in channels})
    if len(found) != 1:
        raise Invalid(f"Say which workspace with --workspace: {', '.join(found) or 'none is set up yet'}.")
    month = read_month(words, now, channels[0].tz)
    return record_of(uow, channels[0], month.period(channels[0].tz), now), month


def post_reports(desk: Desk) -> bool:
    """Post last month's report where it is due. One channel a unit of work; True if there may be more."""
    now = desk.at()
    with desk.look() as uow:
        channels = [channel for channel in uow.workspaces.listening() if channel.set_up_at is not None]
    for channel in channels:
        _post_if_due(desk, channel, Month.of(now, channel.tz), now)
    return False


def report_card(record: Record, month: Month, *, where: str = "", note: Text = ()) -> Card:
    """The report as a card with its picture. `where`: the channel's name, if it is of one alone."""
    title = f"SLA report · {month.title}" + (f" · #{where}" if where else "")
    so_far = "" if record.is_over else " so far"
    return Card(
        title=f"📊 {title}{so_far}",
        text=(summary(record),),
        facts=figures(record),
        picture=picture(record, f"{title}{so_far}"),
        sections=(*lateness(record), *overload_sections(record.overloads), *asked_sections(record.asked)),
        note=note or (say(WORKING_TIME) if record.verdicts else ()),
    )


def csv_of(record: Record, month: Month, names: Mapping[str, str]) -> Document:
    """The report as a file."""
    return Document(f"sla-{month.name}.csv", as_csv(record, names))


def _direct_posts(request: Request, record: Record, month: Month, names: Mapping[str, str]) -> list[Post]:
    key, to = f"{JOB}:{request.key}", Address(person=request.actor)
    card = report_card(record, month)
    file = Card(
        text=say("Every promise of {month}, a line each.", month=month.title), file=csv_of(record, month, names)
    )
    return [
        Post(request.workspace, key, to, card, lane=key),
        Post(request.workspace, f"{key}:csv", to, file, lane=key),
    ]


def _post_if_due(desk: Desk, channel: Channel, this: Month, now: datetime) -> None:
    """The report of the month before this one, on this one's first working day; a day or two late it still comes."""
    with desk.look() as uow:
        slot = first_working_day(this, _hours(uow, channel, now), channel.sync_hour, channel.tz)
        last = uow.occurrences.last(channel.workspace, _job(channel))
    is_set_up = channel.set_up_at is not None and channel.set_up_at <= slot.at
    if slot.at > now or not is_set_up or (last is not None and last[1] >= slot.at):
        return
    with desk.unit_of_work() as uow:
        if not uow.occurrences.claim(channel.workspace, _job(channel), slot.name, slot.at):
            return
        if slot.is_too_old(now):
            log.warning("sla_report_missed", channel=channel.id, slot=slot.name)
            return
        record = record_of(uow, channel, this.before.period(channel.tz), now, alone=True)
        if record.verdicts or record.overloads:
            key = f"{_job(channel)}:{slot.name}"
            uow.outbox.put(
                [Post(channel.workspace, key, Address(channel.id), _monthly(record, this, channel), lane=key)]
            )


def _monthly(record: Record, this: Month, channel: Channel) -> Card:
    more = say("{rule} Every line as CSV: {how}", rule=WORKING_TIME, how=Code("/itcheck sla report last month"))
    return report_card(record, this.before, where=channel.name, note=more)


def _job(channel: Channel) -> str:
    return f"{JOB}:{channel.id}"


def _hours(uow: UnitOfWork, channel: Channel, now: datetime) -> Calendar:
    """The hours in which a channel's team works: what was agreed for it, else office hours in its zone."""
    calendars = uow.agreements.calendars(channel.workspace, owners_for(channel.id, ()))
    return Agreed(channel.id, channel.zone, (), tuple(calendars)).hours_for("", now).calendar


def _names(desk: Desk, workspace: str, record: Record) -> dict[str, str]:
    """What the people in it are called, by id."""
    found = {}
    for person in sorted({one.person for one in record.verdicts if one.person})[:NAMED_MOST]:
        try:
            found[person] = desk.person(workspace, person).name
        except NotFound:
            continue
    return found
