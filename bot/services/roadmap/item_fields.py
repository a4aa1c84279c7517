"""A road map item as people fill it in: the fields of its forms are the columns of a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.domain.errors import Invalid
from bot.domain.money import money_of
from bot.domain.people import Side
from bot.domain.quarters import read_days, read_quarter
from bot.domain.roadmap import (
    ITEMS_MOST,
    PREFIX,
    SCORE_LEAST,
    SCORE_MOST,
    STATUS_WORDS,
    Confidence,
    Item,
    ItemStatus,
    Measure,
    Scoring,
    Spend,
)
from bot.services.calendar.planned_fields import person_words

COLUMNS = (
    "id", "need", "outcome", "measure", "from", "to", "measured_by", "technology", "start", "end", "status",
    "confidence", "rank", "value", "effort", "risk", "urgency", "needs", "team", "serves", "marketing_owner",
    "it_owner", "marketing_sponsor", "it_sponsor", "spend", "why",
)  # fmt: skip
NEEDED = ("need", "start")
MOST = {"need": 150, "outcome": 500, "spend": 1500, "needs": 300, "serves": 300, "why": 300}
MOST_ELSE = 150
PEOPLE = {f"{side.value}_{role}": (role, side) for role in ("owner", "sponsor") for side in (Side.MARKETING, Side.IT)}
SCORED = ("value", "effort", "risk", "urgency")
AMOUNTS = "Write an amount like 2027-Q1: capex 10,000, opex 500."
_AMOUNT = re.compile(r"(capex|opex)\b[\s:]*(.*?)(?=[\s,+]*\b(?:capex|opex)\b|$)", re.IGNORECASE)
_LINES = re.compile(r"[;\n]|[\s,]+(?=(?:\d{4}[- ]?Q\d+|Q\d+[- /]?\d{4})\s*:)", re.IGNORECASE)
_SPEND = re.compile(r"\s*([^:]+?)\s*:\s*(.+)")


def read_item(values: Mapping[str, str], key: str, currency: str) -> tuple[Item | None, dict[str, str]]:
    """The item that some fields describe, its amounts in `currency`; or what is wrong, by field."""
    read: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for column, reader in _readers(currency).items():
        words = values.get(column, "").strip()
        try:
            if len(words) > (most := MOST.get(column, MOST_ELSE)):
                raise Invalid(f"Please use at most {most} characters; this has {len(words):,}.")
            read[column] = reader(words if column == "spend" else " ".join(words.split()))
        except Invalid as error:
            faults[column] = error.words
    if faults:
        return None, faults
    try:
        return _item(read, key), {}
    except Invalid as error:
        return None, {error.field or "need": error.words}


def values_of(item: Item) -> dict[str, str]:
    """The fields of an item, as they are written."""
    measure, scoring = item.measure, item.scoring
    people = {"owner": item.owners, "sponsor": item.sponsors}
    return {
        "id": item.key,
        "need": item.need,
        "outcome": item.outcome,
        "measure": measure.what,
        "from": measure.start,
        "to": measure.goal,
        "measured_by": str(measure.by or ""),
        "technology": item.technology,
        "start": str(item.start),
        "end": str(item.end),
        "status": STATUS_WORDS[item.status],
        "confidence": item.confidence.value,
        "rank": str(item.rank or ""),
        **{name: str(getattr(scoring, name) or "") for name in SCORED},
        "needs": ", ".join(item.needs),
        "team": item.team,
        "serves": ", ".join(f"IT-{number}" for number in item.serves),
        **{column: people[role].get(side, "") for column, (role, side) in PEOPLE.items()},
        "spend": "; ".join(spend_words(one) for one in item.spend),
    }


def spend_words(one: Spend) -> str:
    """`2027-Q1: capex 10000, opex 500`."""
    told = [f"{name} {amount:f}" for name, amount in (("capex", one.capex), ("opex", one.opex)) if amount]
    return f"{one.quarter.name}: {', '.join(told) or 'capex 0'}"


def key_in(words: str) -> str:
    """The key some words mean: `RM-3`, `rm-3` or `3`; other words as they are."""
    plain = words.strip().upper()
    return f"{PREFIX}{plain}" if plain.isascii() and plain.isdigit() else plain


def _item(read: Mapping[str, Any], key: str) -> Item:
    first, until = read["start"]
    last = read["end"] or until
    if last is None:
        raise Invalid("Please say when it ends, or give a start like 2027-Q1.", "end")
    alike = ("need", "outcome", "technology", "status", "confidence", "rank", "needs", "team", "serves", "spend")
    return Item(
        key,
        start=first,
        end=last,
        measure=Measure(read["measure"], read["from"], read["to"], read["measured_by"]),
        scoring=Scoring(**{name: read[name] for name in SCORED}),
        owners={side: read[column] for column, (role, side) in PEOPLE.items() if role == "owner" and read[column]},
        sponsors={side: read[column] for column, (role, side) in PEOPLE.items() if role == "sponsor" and read[column]},
        **{name: read[name] for name in alike},
    )


def _readers(currency: str) -> Mapping[str, Callable[[str], object]]:
    return {
        **dict.fromkeys(("need", "outcome", "measure", "from", "to", "technology", "team", "why"), str),
        "measured_by": lambda words: read_days(words)[1] if words else None,
        "start": _start,
        "end": lambda words: read_days(words)[1] if words else None,
        "status": _status,
        "confidence": _confidence,
        "rank": lambda words: _whole(words, 1, ITEMS_MOST),
        **dict.fromkeys(SCORED, lambda words: _whole(words, SCORE_LEAST, SCORE_MOST)),
        "needs": lambda words: tuple(dict.fromkeys(key_in(one) for one in re.split(r"[,;\s]+", words) if one)),
        "serves": _tickets,
        **dict.fromkeys(PEOPLE, person_words),
        "spend": lambda words: _spend(words, currency),
    }


def _start(words: str) -> tuple[date, date | None]:
    if not words:
        raise Invalid("Please say when it starts, such as 2027-03-15, 2027-03 or 2027-Q1.")
    first, last = read_days(words)
    return first, last if last > first else None


def _status(words: str) -> ItemStatus:
    plain = words.casefold().replace("_", " ")
    found = {name: status for status, name in STATUS_WORDS.items()} | {"launch": ItemStatus.LAUNCH, "": "proposed"}
    if plain not in found:
        raise Invalid(f"“{words[:30]}” is no status. There are: {', '.join(STATUS_WORDS.values())}.")
    return ItemStatus(found[plain])


def _confidence(words: str) -> Confidence:
    plain = words.casefold() or "medium"
    if plain not in set(Confidence):
        raise Invalid(f"“{words[:30]}” is no confidence. There are: {', '.join(Confidence)}.")
    return Confidence(plain)


def _whole(words: str, least: int, most: int) -> int:
    if not words:
        return 0
    if not (words.isascii() and words.isdigit() and len(words) < 6 and least <= int(words) <= most):
        raise Invalid(f"Please give a whole number from {least} to {most}.")
    return int(words)


def _tickets(words: str) -> tuple[int, ...]:
    found = []
    for word in filter(None, re.split(r"[,;\s]+", words)):
        number = word.upper().removeprefix("IT-")
        if not (number.isascii() and number.isdigit() and len(number) < 9):
            raise Invalid(f"“{word[:20]}” is no ticket. Write them like IT-12, IT-15.")
        found.append(int(number))
    return tuple(dict.fromkeys(found))


def _spend(words: str, currency: str) -> tuple[Spend, ...]:
    found: dict[object, Spend] = {}
    for line in filter(str.strip, _LINES.split(words)):
        match = _SPEND.fullmatch(line)
        if match is None:
            raise Invalid(f"“{line.strip()[:40]}” names no quarter and amount. {AMOUNTS}")
        quarter = read_quarter(match[1])
        if quarter in found:
            raise Invalid(f"{quarter.title} is there twice.")
        found[quarter] = Spend(quarter, **_amounts(match[2].strip(), currency))
    return tuple(sorted(found.values(), key=lambda one: one.quarter))


def _amounts(words: str, currency: str) -> dict[str, Any]:
    found = {name.lower(): amount.strip(" ,+") for name, amount in _AMOUNT.findall(words)}
    if not words.lower().startswith(("capex", "opex")) or len(found) != len(_AMOUNT.findall(words)):
        raise Invalid(f"“{words[:40]}” does not say which part is capex and which is opex. {AMOUNTS}")
    return {name: money_of(amount, currency).amount for name, amount in found.items()}
