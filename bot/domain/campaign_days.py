"""The days of a campaign on which its thread hears of it: the eve, the start, the day after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.campaign import Campaign
from bot.domain.errors import Invalid
from bot.domain.hours import Calendar

EVE_AT, AFTER_AT = time(14), time(10)
START_GRACE, AFTER_GRACE = timedelta(hours=2), timedelta(days=3)  # later than that nobody is told any more
LONGEST_BREAK_DAYS = 14


class Moment(StrEnum):
    """What is said on a day."""

    EVE = "eve"
    START = "start"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look back says: None where nobody knows. Raises Invalid if nothing at all is known.

    `ratio`: how many times what is shipped for the `channel` (its key) came, None where that can't be told.
    """

    by: str
    at: datetime
    peak_requests_per_s: float | None = None
    incomplete: int | None = None
    orders_lost: int | None = None
    channel: str = ""
    ratio: float | None = None

    def __post_init__(self) -> None:
        if self.peak_requests_per_s is None and self.incomplete is None and self.orders_lost is None:
            raise Invalid("Answer at least one of the three; leave empty what nobody knows.", "peak")


def due_moments(campaign: Campaign, calendar: Calendar, now: datetime) -> Iterator[Moment]:
    """What should have been said by now, and is not too late to say. The eve and the day after are working days."""
    start = campaign.start
    eve = datetime.combine(_working_day(start.date(), -1, calendar), EVE_AT, start.tzinfo)
    after = datetime.combine(_working_day(start.date(), 1, calendar), AFTER_AT, start.tzinfo)
    until = {
        Moment.EVE: (eve, start),
        Moment.START: (start, start + START_GRACE),
        Moment.AFTER: (after, after + AFTER_GRACE),
    }
    for moment, (begin, end) in until.items():
        if begin <= now < end:
            yield moment


def _working_day(start: date, step: int, calendar: Calendar) -> date:
    """The next day before or after on which people work; the very next one where they don't for a long time."""
    days = (start + timedelta(days=step * number) for number in range(1, LONGEST_BREAK_DAYS + 1))
    return next((day for day in days if calendar.opens_on(day)), start + timedelta(days=step))
