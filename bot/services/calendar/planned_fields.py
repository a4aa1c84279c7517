"""An entry of the campaign calendar as people fill it in: the fields of its form are the columns of a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.campaign_words import host_of
from bot.domain.errors import Invalid
from bot.domain.planned import MOST_NAME, MOST_NOTE, MOST_SITE, Planned, PlannedKind, key_of, whole_days
from bot.services.agreement import person_in

COLUMNS = ("kind", "name", "start", "end", "site", "owner", "grants", "tool", "note", "id")
MOST = {"name": MOST_NAME, "site": MOST_SITE, "note": MOST_NOTE}
ALL_SITES = frozenset({"", "all", "all sites", "every site", "*", "-"})
USUALLY = timedelta(hours=1)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2})?\s*(Z|[+-]\d{2}:?\d{2})?)?")

Edge = tuple[date | datetime, bool]  # a day (True) or an instant


def read_planned(values: Mapping[str, str], zone: ZoneInfo) -> tuple[Planned | None, dict[str, str]]:
    """The entry that some fields describe, times without an offset in `zone`; or what is wrong, by field."""
    read: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for column, reader in _readers(zone).items():
        words = " ".join(values.get(column, "").split())
        try:
            if len(words) > (most := MOST.get(column, 100)):
                raise Invalid(f"Please use at most {most} characters; this has {len(words):,}.")
            read[column] = reader(words)
        except Invalid as error:
            faults[column] = error.words
    if faults:
        return None, faults
    try:
        return _entry(read, zone), {}
    except Invalid as error:
        return None, {error.field or "start": error.words}


def values_of(one: Planned, zone: ZoneInfo) -> dict[str, str]:
    """The fields of an entry, as they are written; times in `zone`."""
    start, end = (at.astimezone(zone) for at in (one.start, one.end))
    last = (end - timedelta(microseconds=1)).date()
    return {
        "kind": one.kind.value,
        "name": one.name,
        "start": start.date().isoformat() if one.is_day else _moment(start),
        "end": last.isoformat() if one.is_day else _moment(end),
        "site": one.site,
        "owner": one.owner,
        "grants": one.grants,
        "tool": one.tool,
        "note": one.note,
        "id": one.key,
    }


def person_words(words: str) -> str:
    """A person as `@ID`, whatever way the platform hands a mention on; plain words as they stand."""
    is_mention = words.startswith(("@", "<@")) and person_in(words)
    return f"@{person_in(words)}" if is_mention else words


def site_words(words: str) -> str:
    """A site by its host, empty for all. Raises Invalid for what is neither: a freeze would hold for nothing."""
    if words.casefold() in ALL_SITES:
        return ""
    host = host_of(words)
    if not host:
        raise Invalid(f"“{words[:40]}” is no site. Write its address, such as shop.example.com, or all.")
    return host


def _entry(read: Mapping[str, Any], zone: ZoneInfo) -> Planned:
    kind, name = read["kind"], read["name"]
    (first, from_day), (last, to_day) = read["start"], read["end"] or (None, False)
    if last is None:
        last, to_day = (first, True) if from_day else (first + USUALLY, False)
    start = whole_days(first, first, zone)[0] if from_day else first
    end = whole_days(last, last, zone)[1] if to_day else last
    return Planned(
        kind,
        name,
        start,
        end,
        read["site"],
        read["owner"],
        read["grants"],
        read["tool"],
        read["note"],
        is_day=from_day and to_day,
        key=read["id"] or key_of(kind, name, start),
    )


def _readers(zone: ZoneInfo) -> Mapping[str, Callable[[str], object]]:
    return {
        "kind": _kind,
        "name": _name,
        "start": lambda words: _edge(words, zone),
        "end": lambda words: _edge(words, zone) if words else None,
        "site": site_words,
        "owner": person_words,
        "grants": _granter,
        "tool": str,
        "note": str,
        "id": str,
    }


def _kind(words: str) -> PlannedKind:
    plain = words.casefold().replace("window", "").strip()
    if plain not in set(PlannedKind):
        raise Invalid(f"“{words[:30]}” is no kind. There are: {', '.join(PlannedKind)}.")
    return PlannedKind(plain)


def _name(words: str) -> str:
    if not words:
        raise Invalid("Please give it a name.")
    return words


def _granter(words: str) -> str:
    found = person_words(words)
    if found and not found.startswith("@"):
        raise Invalid(f"“{words[:40]}” is nobody I can ask. Write a mention, such as @name.")
    return found


def _edge(words: str, zone: ZoneInfo) -> Edge:
    match = _MOMENT.fullmatch(words)
    try:
        if match is None:
            raise ValueError
        day = date.fromisoformat(match[1])
        if match[2] is None:
            return day, True
        tz = zone if not match[4] else datetime.fromisoformat(f"2000-01-01T00:00{_offset(match[4])}").tzinfo
        return datetime.combine(day, time(int(match[2]), int(match[3])), tz).astimezone(UTC), False
    except (ValueError, OverflowError):
        raise Invalid(f"“{words[:30]}” is no time I understand. Write 2026-11-20, or 2026-11-20 08:00.") from None


def _offset(words: str) -> str:
    return "+00:00" if words == "Z" else words if ":" in words else f"{words[:3]}:{words[3:]}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
