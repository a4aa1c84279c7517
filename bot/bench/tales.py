"""What happens in a simulated stretch of time: channels all over the world, moments, tickets and their lives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.bench.walker import FIRST_HOURS, QUARTER, Place, Tale

PLACES = (
    Place("T1", "C-berlin", "Europe/Berlin", 0, 9),
    Place("T1", "C-night", "Europe/Berlin", 6, 2),  # an hour that the clocks skip in spring and repeat in autumn
    Place("T2", "C-chicago", "America/Chicago", 2, 10),
    Place("T2", "C-auckland", "Pacific/Auckland", 0, 8),
    Place("T3", "C-kolkata", "Asia/Kolkata", 4, 16),
    Place("T3", "C-lord-howe", "Australia/Lord_Howe", 6, 2),  # where summer time is half an hour
)
OUTAGE = timedelta(days=3)
HOUR = timedelta(hours=1)
CALM = 12  # moments at the end in which nobody does anything any more


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time. `outages`: when a three-day outage begins; `set_back`: when all clocks go back by an hour.

    `quarters`: the most that lies between two moments, in quarters of an hour; `tickets` a week and channel.
    """

    start: datetime
    days: int
    outages: tuple[datetime, ...]
    set_back: tuple[datetime, ...]
    quarters: int = 24
    tickets: float = 5.0


AUTUMN = Span(
    start=datetime(2026, 10, 22, tzinfo=UTC),
    days=11,
    outages=(datetime(2026, 10, 24, 20, tzinfo=UTC),),
    set_back=(datetime(2026, 10, 29, 15, tzinfo=UTC),),
)
SPRING = Span(
    start=datetime(2027, 3, 26, tzinfo=UTC),
    days=11,
    outages=(datetime(2027, 3, 31, 6, tzinfo=UTC),),
    set_back=(datetime(2027, 3, 29, 7, tzinfo=UTC),),
)
YEAR = Span(
    datetime(2026, 10, 5, tzinfo=UTC),
    365,
    tuple(datetime(*day, 20, tzinfo=UTC) for day in ((2026, 10, 24), (2027, 1, 15), (2027, 4, 2), (2027, 7, 11))),
    tuple(datetime(*day, 14, tzinfo=UTC) for day in ((2026, 11, 2), (2027, 3, 29), (2027, 6, 7), (2027, 9, 1))),
    quarters=32,
)


def make_moments(span: Span, source: random.Random) -> list[datetime]:
    """When the bots look: at random, never in an outage, and an hour earlier than they should after a setting back."""
    moments, at, end = [], span.start, span.start + timedelta(days=span.days)
    outages, set_back = list(span.outages), list(span.set_back)
    while at < end:
        moments.append(at)
        at += source.randint(1, span.quarters) * QUARTER
        if outages and at >= outages[0]:
            at = outages.pop(0) + OUTAGE
        if set_back and at >= set_back[0]:
            set_back.pop(0)
            at -= HOUR
    return moments


def make_tales(span: Span, moments: Sequence[datetime], source: random.Random) -> Iterator[Tale]:
    """Tickets of all channels, in the order in which they are opened; some are answered or resolved late or never."""
    numbers = dict.fromkeys((place.workspace for place in PLACES), 0)
    count = round(span.tickets * len(PLACES) * span.days / 7)
    last = len(moments) - CALM
    for opened in sorted(source.randrange(0, last) for _ in range(count)):
        place = source.choice(PLACES)
        numbers[place.workspace] += 1
        answered = _later(opened, last, source, 20)
        resolved = _later(answered or opened, last, source, 80)
        priority = source.choice(list(FIRST_HOURS))
        yield Tale(place, numbers[place.workspace], priority, opened, answered, resolved)


def _later(after: int, last: int, source: random.Random, most: int) -> int | None:
    number = after + source.randint(1, most)
    return number if number < last and source.random() < 0.8 else None
