"""When a road map review is due: on the working day before the first weekly sync of a month."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.agenda import Slot
from bot.domain.hours import Calendar
from bot.domain.months import Month
from bot.domain.workspace import Channel

DAY = timedelta(days=1)
FURTHEST = 14  # days back in which a working day is looked for


def review_slot(month: Month, channel: Channel, calendar: Calendar) -> Slot:
    """The slot of a month's review, named by the month; by the days a calendar works."""
    return Slot(month.name, _at(_working_day_before(_first_sync(month, channel), channel, calendar), channel))


def latest_review(now: datetime, channel: Channel, calendar: Calendar) -> Slot:
    """The last slot at or before `now`. One of the next month may lie in this month already."""
    this = Month.of(now, channel.tz)
    slots = (review_slot(month, channel, calendar) for month in (this.after, this, this.before))
    return next(slot for slot in slots if slot.at <= now)


def meeting_after(slot: Slot, channel: Channel) -> datetime:
    """The weekly sync before which the review of a slot is posted."""
    year, _, number = slot.name.partition("-")
    return _at(_first_sync(Month(int(year), int(number)), channel), channel)


def _first_sync(month: Month, channel: Channel) -> date:
    first = date(month.year, month.number, 1)
    return first + DAY * ((channel.sync_weekday - first.weekday()) % 7)


def _working_day_before(day: date, channel: Channel, calendar: Calendar) -> date:
    for back in range(1, FURTHEST):
        before = day - back * DAY
        opening = calendar.next_open(datetime.combine(before, time(), channel.tz))
        if opening.astimezone(channel.tz).date() == before:
            return before
    return day - DAY


def _at(day: date, channel: Channel) -> datetime:
    return datetime.combine(day, time(channel.sync_hour), channel.tz).astimezone(UTC)
