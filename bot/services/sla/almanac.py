"""Public holidays: of a country or one of its regions, from the holidays package or from a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.domain.errors import Invalid

YEARS = 5
REGIONS = "Write a country, such as DE or US, or a part of one: DE-BY is Bavaria, US-CA California, GB-SCT Scotland."
_ICS_DAY = re.compile(r"^DTSTART[^:\n]*:(\d{4})(\d{2})(\d{2})", re.MULTILINE)
_LINE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\b.*")
NOT_ONE = "This is no holiday file: I need an .ics calendar, or lines that begin with a day such as 2026-12-25."


def public_holidays(region: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a region: a country such as DE, or one of its parts such as DE-BE.

    Raises Invalid for a region the package does not know.
    """
    import holidays  # noqa: PLC0415 - hundreds of countries, needed only when somebody edits their hours

    country, _, part = region.strip().upper().partition("-")
    known = holidays.list_supported_countries()
    if country not in known:
        raise Invalid(f"I don't know the public holidays of “{region[:20]}”. {REGIONS}")
    if part and part not in known[country]:
        some = ", ".join(f"{country}-{each}" for each in known[country][:5])
        raise Invalid(
            f"I don't know “{region[:20]}”. Write {country} alone" + (f", or such as {some}." if some else ".")
        )
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=list(years)))


def coming_years(today: date) -> range:
    """The years that are imported: the last one, for what still runs, and the next few."""
    return range(today.year - 1, today.year + YEARS)


def read_holidays(text: str) -> frozenset[date]:
    """The days of a holiday file: an iCalendar, or a line per day. Raises Invalid for anything else."""
    if "BEGIN:VCALENDAR" in text[:1000]:
        found = [match.groups() for match in _ICS_DAY.finditer(text)]
    else:
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        matches = [_LINE.fullmatch(line) for line in lines]
        found = [match.groups() for match in matches if match]
        if len(found) < len(lines):
            raise Invalid(NOT_ONE)
    if not found:
        raise Invalid(NOT_ONE)
    try:
        return frozenset(date(int(year), int(month), int(day)) for year, month, day in found)
    except ValueError as error:
        raise Invalid(f"{NOT_ONE} One of its days is none: {error}.") from error
