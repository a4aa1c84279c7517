"""The days of a campaign on which its thread hears of it: the eve, the start, the day after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.campaign import Campaign
from bot.domain.errors import Invalid

EVE_AT, AFTER_AT = time(14), time(10)
START_GRACE, AFTER_GRACE = timedelta(hours=2), timedelta(days=3)  # later than that nobody is told any more
SATURDAY = 5


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


def due_moments(campaign: Campaign, now: datetime) -> Iterator[Moment]:
    """What should have been said by now, and is not too late to say. The eve and the day after are weekdays."""
    start = campaign.start
    eve = datetime.combine(_weekday(start, -1), EVE_AT, start.tzinfo)
    after = datetime.combine(_weekday(start, 1), AFTER_AT, start.tzinfo)
    until = {
        Moment.EVE: (eve, start),
        Moment.START: (start, start + START_GRACE),
        Moment.AFTER: (after, after + AFTER_GRACE),
    }
    for moment, (begin, end) in until.items():
        if begin <= now < end:
            yield moment


def _weekday(start: datetime, step: int) -> datetime:
    """The next day before or after that is no Saturday or Sunday."""
    day = start + timedelta(days=step)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=step)
    return day
