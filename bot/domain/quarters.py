"""Quarters of the calendar year, and the days of a road map as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.errors import Invalid

FIRST_YEAR, LAST_YEAR = 2000, 2199
_QUARTER = re.compile(r"(?:(\d{4})[- ]?q(\d+)|q(\d+)[- /]?(\d{4}))", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def name(self) -> str:
        """As it is written in a file: `2027-Q1`."""
        return f"{self.year}-Q{self.number}"

    @property
    def title(self) -> str:
        """As people say it: `Q1 2027`."""
        return f"Q{self.number} {self.year}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.after.first_day - timedelta(days=1)

    @property
    def after(self) -> Quarter:
        """The next one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)


def read_quarter(words: str, field: str = "") -> Quarter:
    """The quarter some words name: `2027-Q1`, `Q1 2027`. Raises Invalid for one that does not exist."""
    found = _QUARTER.fullmatch(" ".join(words.split()))
    if found is None:
        raise Invalid(f"“{words[:30]}” is no quarter. Write it like 2027-Q1.", field)
    year, number = int(found[1] or found[4]), int(found[2] or found[3])
    if not 1 <= number <= 4:
        raise Invalid(f"There is no quarter {number}: a year has Q1 to Q4.", field)
    return Quarter(_checked_year(year, field), number)


def read_days(words: str, field: str = "") -> tuple[date, date]:
    """The first and last day some words name: a day (`2027-03-15`), a month (`2027-03`) or a quarter (`2027-Q1`).

    Raises Invalid for what is none of them, or does not exist.
    """
    plain = " ".join(words.split())
    if "q" in plain.lower():
        quarter = read_quarter(plain, field)
        return quarter.first_day, quarter.last_day
    if found := _MONTH.fullmatch(plain):
        return _month(int(found[1]), int(found[2]), field)
    try:
        if not _DAY.fullmatch(plain):
            raise ValueError
        day = date.fromisoformat(plain)
    except ValueError:
        raise Invalid(f"“{words[:30]}” is no day I know. Write 2027-03-15, 2027-03 or 2027-Q1.", field) from None
    _checked_year(day.year, field)
    return day, day


def _month(year: int, number: int, field: str) -> tuple[date, date]:
    if not 1 <= number <= 12:
        raise Invalid(f"There is no month {number}: a year has 1 to 12.", field)
    first = date(_checked_year(year, field), number, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    return first, following - timedelta(days=1)


def _checked_year(year: int, field: str) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(f"The year {year} can't be meant.", field)
    return year
