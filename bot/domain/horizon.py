"""How far a road map looks: twelve months in earnest, twenty-four in outline, one month further every month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bot.domain.quarters import Quarter
from bot.domain.roadmap import Item

NEAR_MONTHS, FAR_MONTHS = 12, 24


def months_on(day: date, months: int) -> date:
    """The first day of the month so many months after a day's."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def near_end(today: date) -> date:
    """The last day of the twelve months that begin with this one."""
    return months_on(today, NEAR_MONTHS) - timedelta(days=1)


def far_end(today: date) -> date:
    """The last day of the twenty-four months that begin with this one."""
    return months_on(today, FAR_MONTHS) - timedelta(days=1)


def within(items: Iterable[Item], first: date, last: date) -> tuple[Item, ...]:
    """The items that are on at some time between two days, and what is still open from before."""
    return tuple(one for one in items if one.start <= last and (one.end >= first or one.is_open))


def enters(items: Iterable[Item], today: date) -> tuple[Item, ...]:
    """The open items that begin in the month which is new in the twelve months: to be looked at by both sides."""
    first, last = months_on(today, NEAR_MONTHS - 1), near_end(today)
    return tuple(one for one in items if one.is_open and first <= one.start <= last)


def quarters_between(first: date, last: date) -> tuple[Quarter, ...]:
    """The quarters from one day's to the other's."""
    found = [Quarter.of(first)]
    while found[-1].last_day < last:
        found.append(found[-1].after)
    return tuple(found)
