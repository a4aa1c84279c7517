"""How many people a campaign reaches: recipients, attendees, followers, visits; never money or last year's."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from bot.detection import figures, language
from bot.detection.figures import Figure
from bot.detection.lists import table

PEOPLE, LED, LARGE, PLAIN, NONE = 4, 3, 2, 1, 0  # how surely a number counts people; the message beats its thread
_MOST = 60  # numbers of a message that are read
_MANY = 70  # of something that may be people; fewer are rather shops, spots or posters
_NEAR = 60  # characters to each side that are read
_SMALL_UNITS = ("m", "M", "L", "mi", "er")  # metres, litres, minutes: only with more said
_WAVES = re.compile(
    r"\b(\d{1,2}|two|three|four|five|six) (?:waves|batches|tranches|sends|drops|wellen|vagues|envíos|envios)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"[^.;!?]{0,12}\b(?:each|jeweils|chacune|cada una)\b")
_WAVE_COUNTS: Mapping[str, int] = MappingProxyType({"two": 2, "three": 3, "four": 4, "five": 5, "six": 6})
_LEAD = r"^[\s)+*~-]*(?:\([^()]{{1,12}}\) )?(?:(?!(?:{})\b)[^\W\d]+(?:['’-]\w+)*[ -]){{0,3}}?"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Amount:
    """A number of people or visits: its place and words, its value, how sure it is; `total` where the text says so."""

    start: int
    end: int
    text: str
    value: int
    sure: int
    total: bool = False


def find(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Amount]:
    """The amounts of a text that may count people, visits or messages; `taken` are the places of its dates."""
    thousand = language.guess(text) in ("es", "pt")
    spans = list(taken)
    found = []
    for figure in islice(figures.find(text, thousand), _MOST):
        if any(figure.start < end and start < figure.end for start, end in spans):
            continue
        if sure := _sureness(text, figure):
            found.append(Amount(figure.start, figure.end, figure.text, figure.value, sure, _is_total(text, figure)))
    return found


def main(text: str, amounts: list[Amount]) -> Amount | None:
    """The stated total, else the largest of the sure ones; waves "of N each" are multiplied."""
    if not amounts:
        return None
    sure = [amount for amount in amounts if amount.sure >= LED or amount.total]
    best = max(sure or amounts, key=lambda amount: (amount.total, amount.sure if not sure else 0, amount.value))
    waves = _WAVES.search(text)
    if waves and _EACH.match(text[best.end :]):
        count = int(waves.group(1)) if waves.group(1).isdigit() else _WAVE_COUNTS[waves.group(1).lower()]
        return Amount(best.start, best.end, best.text, best.value * count, best.sure, True)
    return best


def _sureness(text: str, figure: Figure) -> int:
    """How surely a number counts people (NONE to PEOPLE)."""
    before, after = text[max(0, figure.start - _NEAR) : figure.start], text[figure.end : figure.end + _NEAR]
    if _is_other(figure, before, after):
        return NONE
    sure = _by_words(figure, before, after)
    weak = _pattern("limit_before").search(before) or _pattern("limit_after").match(after)
    return min(sure, PLAIN) if weak else sure


def _is_other(figure: Figure, before: str, after: str) -> bool:
    """Whether a number is money, a time, a thing, a year, a number of something, or an old figure."""
    if _is_small(figure, before, after):
        return True
    if _pattern("sign_before").search(before) or _pattern("money_after").match(after):
        return True
    if _pattern("old_before").search(before) or _pattern("old_after").match(after):
        return True
    if _pattern("people").match(after):
        return False
    return any(_pattern(name).search(before) for name in ("money_before", "numbered")) or bool(
        _pattern("things_after").match(after)
    )


def _is_small(figure: Figure, before: str, after: str) -> bool:
    """Whether a number without a unit is a year, a time of day, or too little to be an audience."""
    if figure.unit or figure.grouped:
        return False
    year = _YEAR.fullmatch(figure.text) and not (before.endswith(("~", "≈")) or _pattern("people").match(after))
    return bool(figure.value < 10 or year or figure.value <= 100 and _pattern("clock_after").match(after))


def _by_words(figure: Figure, before: str, after: str) -> int:
    if _pattern("people").match(after):
        return PEOPLE
    led = bool(_pattern("lead_in").search(before))
    if figure.unit in _SMALL_UNITS and not led and "." not in figure.text:
        return NONE
    if figure.unit or figure.grouped and figure.value >= 1000:
        return LED if led or figure.unit else LARGE
    if figure.spelt:
        return NONE
    if figure.value >= 1000 and led:
        return LARGE
    said = _pattern("capacity").search(before) or _pattern("per_place").match(after)
    return PLAIN if said or figure.value >= _MANY and _pattern("nouns_after").match(after) else NONE


def _is_total(text: str, figure: Figure) -> bool:
    before, after = text[max(0, figure.start - 30) : figure.start], text[figure.end : figure.end + 40]
    return bool(_pattern("total_after").match(after) or _pattern("total_before").search(before))


@lru_cache(maxsize=32)
def _pattern(name: str) -> re.Pattern[str]:
    """A pattern of the table: parts joined, and where it has to stand."""
    parts = table("audience")[name]
    joined = parts if isinstance(parts, str) else "|".join(parts)
    frame = {
        "people": _LEAD.format("|".join(table("audience")["between"])) + r"(?:{})(?!\w)",
        "money_after": "^ ?(?:{})",
        "clock_after": r"^ ?(?:{})(?!\w)",
        "things_after": r"^ ?(?:{})(?!\w)",
        "lead_in": r"(?:(?<!\w)(?:{})|[(~≈–,:=→-])[\s:(~≈=→]*(?:about |around |roughly |ca\.? |etwa |rund )?$",
        "capacity": r"(?<!\w)(?:{})[\s:(~≈=]*(?:about |around |roughly |ca\.? )?$",
        "old_before": r"\b(?:{})\b[^.;!?,()]{{0,40}}$".replace("{{", "{").replace("}}", "}"),
        "limit_before": r"(?<!\w)(?:{})[ :]*(?:about |only )?$",
        "numbered": r"\b(?:{})[ :]*$",
    }.get(name, "{}")
    return re.compile(frame.replace("{}", joined), re.IGNORECASE)
