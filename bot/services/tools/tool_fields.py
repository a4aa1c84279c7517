"""A tool of the catalogue as people fill it in: the fields of its form are the columns of a sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.errors import Invalid
from bot.domain.money import money_of
from bot.services.agreement import person_in

COLUMNS = (
    "name", "category", "website", "aliases", "status", "owner", "yearly_cost", "seats", "renews_on", "notice_days",
    "trial_until", "note",
)  # fmt: skip
MOST = {"name": 150, "website": 300, "aliases": 500, "note": 1000}
SEATS_MOST, NOTICE_MOST = 10_000_000, 730
UNREVIEWED = "unreviewed"  # how the status of a tool nobody has decided about is written


def tool_from(values: Mapping[str, str], currency: str, categories: Collection[str] = ()) -> Tool:
    """The tool that some fields describe; empty ones are unknown. Raises Invalid for the first fault."""
    tool, faults = read_tool(values, currency, categories)
    if tool is None:
        field, words = next(iter(faults.items()))
        raise Invalid(words, field)
    return tool


def read_tool(
    values: Mapping[str, str], currency: str, categories: Collection[str] = ()
) -> tuple[Tool | None, dict[str, str]]:
    """The tool, or what is wrong with it by field. `categories`: the keys there are; none given, any is taken."""
    read: dict[str, Any] = {}
    faults: dict[str, str] = {}
    readers = _readers(currency, categories)
    for column in COLUMNS:
        words = " ".join(values.get(column, "").split())
        most = MOST.get(column, 100)
        try:
            if len(words) > most:
                raise Invalid(f"Please use at most {most} characters; this has {len(words):,}.")
            read[column] = readers[column](words)
        except Invalid as error:
            faults[column] = error.words
    if faults:
        return None, faults
    return Tool(yearly=read.pop("yearly_cost"), **read), {}


def values_of(tool: Tool) -> dict[str, str]:
    """The fields of a tool, as they are written."""
    return {
        "name": tool.name,
        "category": tool.category,
        "website": tool.website,
        "aliases": " | ".join(tool.aliases),
        "status": UNREVIEWED if tool.status is ToolStatus.UNKNOWN else tool.status.value,
        "owner": f"@{tool.owner}" if tool.owner else "",
        "yearly_cost": str(tool.yearly) if tool.yearly else "",
        "seats": "" if tool.seats is None else str(tool.seats),
        "renews_on": tool.renews_on.isoformat() if tool.renews_on else "",
        "notice_days": str(tool.notice_days) if tool.notice_days else "",
        "trial_until": tool.trial_until.isoformat() if tool.trial_until else "",
        "note": tool.note,
    }


def _readers(currency: str, categories: Collection[str]) -> Mapping[str, Callable[[str], object]]:
    def category(words: str) -> str:
        if words and categories and words not in categories:
            raise Invalid(f"There is no category “{words[:40]}”. There are: {', '.join(categories)}.")
        return words

    return {
        "name": _name,
        "category": category,
        "website": str,
        "aliases": lambda words: tuple(each.strip() for each in words.split("|") if each.strip()),
        "status": _status,
        "owner": person_in,
        "yearly_cost": lambda words: money_of(words, currency) if words else None,
        "seats": lambda words: _whole(words, SEATS_MOST) if words else None,
        "renews_on": _day,
        "notice_days": lambda words: _whole(words, NOTICE_MOST) if words else 0,
        "trial_until": _day,
        "note": str,
    }


def _name(words: str) -> str:
    if not any(char.isalnum() for char in words):
        raise Invalid(f"“{words[:30]}” is no name: it needs a letter or a digit." if words else "A tool needs a name.")
    return words


def _status(words: str) -> ToolStatus:
    plain = words.lower().replace(" ", "_").replace("-", "_")
    if plain in {"", UNREVIEWED}:
        return ToolStatus.UNKNOWN
    try:
        return ToolStatus(plain)
    except ValueError:
        known = ", ".join([*(one.value for one in ToolStatus if one is not ToolStatus.UNKNOWN), UNREVIEWED])
        raise Invalid(f"“{words[:30]}” is no status. There are: {known}.") from None


def _whole(words: str, most: int) -> int:
    digits = words.replace(",", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12 or int(digits) > most:
        raise Invalid(f"“{words[:30]}” is no whole number from 0 to {most:,}.")
    return int(digits)


def _day(words: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Invalid(f"“{words[:30]}” is no day. Write it like 2027-03-31.") from None
