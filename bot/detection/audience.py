"""How many people a campaign reaches: 400k, 1.2M, 2 lakh, 3 cr, 350 mil, 12 Tsd., 12.000 and 12,000; never money."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bot.detection import language
from bot.detection.lists import table

_FACTORS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("k", "tsd", "tausend", "thousand", "mille"), 1_000),
        **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 100_000),
        **dict.fromkeys(("m", "mn", "mm", "mio", "mill", "million", "millions", "millionen"), 1_000_000),
        **dict.fromkeys(("millones", "millón", "milhões"), 1_000_000),
        **dict.fromkeys(("cr", "crore", "crores"), 10_000_000),
        **dict.fromkeys(("bn", "billion"), 1_000_000_000),
    }
)
_SPELT: Mapping[str, float] = MappingProxyType(
    {
        "half a": 0.5,
        "a quarter of a": 0.25,
        "a": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "ten": 10,
        "a hundred": 100,
        "eine halbe": 0.5,
        "un demi": 0.5,
        "medio": 0.5,
        "meio": 0.5,
        "zwei": 2,
        "drei": 3,
    }
)
_AMOUNT = re.compile(
    r"(?<![\w.,/#$€£:_])(?<![^\W\d]{2}-)"
    r"(?:(?P<grouped>\d{1,3}(?:[.,'’ \u202f]\d{3})+(?!\d))|(?P<plain>\d{1,7}(?:[.,]\d{1,2})?)"
    rf"|(?P<spelt>\b(?:{'|'.join(sorted(_SPELT, key=len, reverse=True))})(?= (?:[mM]illion|thousand|millones?))))"
    r"(?P<gap> ?)(?P<unit>(?:k|K|[mM]n?|MM|[mM]io|[mM]ill?|[mM]illion(?:s|en)?|millones|millón|milhões"
    r"|[tT]sd|[tT]ausend|thousand|mille|lakhs?|lacs?|cr|crores?|bn|billion)\b\.?)?(?P<plus>\+)?(?!\w|[.,:/]\d| ?%)"
)
_OLD = re.compile(
    r"\b(?:last (?:year|time|month|week|one)|previous(?:ly)?|yesterday|letztes (?:jahr|mal)|l.an dernier"
    r"|el año pasado|ano passado|back in|in 20\d\d)\b[^.;!?,()]{0,40}$",
    re.IGNORECASE,
)
_OLD_AFTER = re.compile(
    r"^[^.;!?,()]{0,25}\b(?:last (?:year|time|month)|in 20\d\d|the year before|letztes jahr)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"\b(?:v|version|room|week|kw|page|line|no\.?|nr\.?|ticket|port)[ .]*$", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:in total|total|altogether|overall|combined|insgesamt|gesamt|en tout|au total|en total|no total|all in)\b",
    re.IGNORECASE,
)
_WAVES = re.compile(
    r"\b(\d{1,2}|two|three|four|five|six) (?:waves|batches|tranches|sends|drops|wellen|vagues|envíos|envios)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"[^.;!?]{0,12}\b(?:each|jeweils|chacune|cada una)\b")
_WAVE_COUNTS: Mapping[str, int] = MappingProxyType({"two": 2, "three": 3, "four": 4, "five": 5, "six": 6})
_PEOPLE_LEAD = r"^[\s)+*~-]*(?:(?!(?:and|und|or|on|in|at|by|to|for|from|um|am|with)\b)[^\W\d]+(?:['’-]\w+)*[ -]){0,3}?"


@dataclass(frozen=True)
class Amount:
    """A number of people or visits: its place and words in the text, its value; `total` where the text says so."""

    start: int
    end: int
    text: str
    value: int
    total: bool = False


def find(text: str) -> list[Amount]:
    """The amounts of a text that count people, visits or messages; money, times and old figures are left out."""
    thousand = language.guess(text) in ("es", "pt")
    return [amount for match in _AMOUNT.finditer(text) if (amount := _amount(text, match, thousand)) is not None]


def main(text: str, amounts: list[Amount]) -> Amount | None:
    """The stated total, else the largest; waves "of N each" are multiplied."""
    if not amounts:
        return None
    best = max(amounts, key=lambda amount: (amount.total, amount.value))
    waves = _WAVES.search(text)
    if waves and _EACH.match(text[best.end :]):
        count = int(waves.group(1)) if waves.group(1).isdigit() else _WAVE_COUNTS[waves.group(1).lower()]
        return Amount(best.start, best.end, best.text, best.value * count, True)
    return best


def _amount(text: str, match: re.Match[str], thousand: bool) -> Amount | None:
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 60]
    value = _value(match, thousand)
    if value is None or _pattern("money_after").match(after) or _pattern("things_after").match(after):
        return None
    if _pattern("money_before").search(before):
        return None
    if _OLD.search(before) or _OLD_AFTER.match(after) or not _counts_people(match, value, before, after):
        return None
    total = bool(_TOTAL.match(after.lstrip(" (")) or _TOTAL.search(before[-12:]))
    return Amount(match.start(), match.end(), match.group().strip(), value, total)


def _counts_people(match: re.Match[str], value: int, before: str, after: str) -> bool:
    """Whether the number stands for people: a noun of people after it, or its size and what leads to it."""
    if value < 10 or _NUMBERED.search(before):
        return False
    if _pattern("people").match(after):
        return not re.fullmatch(r"20[12]\d", match.group().strip())  # a year
    if match.group("unit") or match.group("spelt"):
        return match.group("unit") not in ("m", "M") or "." in match.group() or bool(_pattern("lead_in").search(before))
    return bool(match.group("grouped")) and value >= 1000 and bool(_pattern("lead_in").search(before))


def _value(match: re.Match[str], thousand: bool) -> int | None:
    unit = (match.group("unit") or "").rstrip(".").lower()
    factor = 1 if not unit else (1_000 if thousand else 1_000_000) if unit == "mil" else _FACTORS.get(unit)
    if factor is None:
        return None
    if match.group("spelt"):
        return round(_SPELT[match.group("spelt").lower()] * factor)
    if match.group("grouped"):
        return int(re.sub(r"\D", "", match.group("grouped"))) * factor
    return round(float(match.group("plain").replace(",", ".")) * factor)


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    """A pattern of the table: parts joined, and where it has to stand."""
    parts = table("audience")[name]
    joined = parts if isinstance(parts, str) else "|".join(parts)
    frame = {
        "people": _PEOPLE_LEAD + r"(?:{})\b",
        "money_after": "^ ?(?:{})",
        "things_after": r"^ ?(?:{})\b",
        "money_before": "{}",
        "lead_in": r"(?:\b(?:{})\b|[(~≈–,:-])[\s:(~≈]*(?:about |around |roughly |ca\.? )?$",
    }[name]
    return re.compile(frame.replace("{}", joined), re.IGNORECASE)
