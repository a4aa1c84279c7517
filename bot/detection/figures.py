"""Numbers as people write them: 400k, 1.2M, 2 lakh, 3 cr, 350 mil, 12 Tsd., 12.000, 12,000, 84 000, two hundred."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_FACTORS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("k", "tsd", "tausend", "thousand", "mille", "er", "'er"), 1_000),
        "er": 1,  # a "26.000er Mailing"
        **dict.fromkeys(("lakh", "lakhs", "lac", "lacs", "l"), 100_000),
        **dict.fromkeys(("m", "mn", "mm", "mio", "mill", "million", "millions", "millionen"), 1_000_000),
        **dict.fromkeys(("millones", "millón", "millon", "milhões", "milhão", "milhoes", "mi"), 1_000_000),
        **dict.fromkeys(("cr", "crore", "crores"), 10_000_000),
        **dict.fromkeys(("bn", "billion"), 1_000_000_000),
    }
)
_UNIT = (
    r"k|K|er|L|[mM]n?|MM|[mM]io|[mM]ill?|[mM]illion(?:s|en)?|mill[oó]n(?:es)?|milhões|milhoes|milhão|mi|[tT]sd|[tT]ausend"
    r"|thousand|mille|[lL]akhs?|[lL]acs?|[cC]r|[cC]rores?|bn|billion"
)
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_WORDS: Mapping[str, float] = MappingProxyType(
    {
        **{word: number for number, word in enumerate(f"{_ONES} eighteen nineteen".split(), 1)},
        **{word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty".split(), 2)},
        **{word: 10 * number for number, word in enumerate("seventy eighty ninety".split(), 7)},
        **{"half a": 0.5, "a quarter of a": 0.25, "a": 1, "a hundred": 100, "eine halbe": 0.5, "un demi": 0.5},
        **{"medio": 0.5, "meio": 0.5, "zwei": 2, "drei": 3, "a dozen": 12, "a couple of": 2},
    }
)
_ANY = "|".join(sorted((word.replace(" ", r"\s") for word in _WORDS), key=len, reverse=True))
_BIG = r"hundred|thousand|[mM]illion(?:en)?|millón|millones|milhão|lakh|crore"
_BIGS: Mapping[str, int] = MappingProxyType({**_FACTORS, "hundred": 100})
_FIGURE = re.compile(
    r"(?<![\w.,/#$€£₹:_*])(?<![^\W\d]{2}-)(?<!\d[-–]\d)"
    r"(?:(?P<grouped>\d{1,3}(?:[.,'’ \u202f\xa0]\d{3})+(?!\d))|(?P<plain>\d{1,8}(?:[.,]\d{1,2})?))"
    rf"(?P<gap> ?)(?P<unit>(?:{_UNIT})\b\.?)?(?P<plus>\+)?(?!\w|[.,:/]\d| ?%| ?[Pp]ro[zc]ent| ?percent|-\d)"
    rf"|\b(?P<spelt>(?i:{_ANY})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine)\b)?)(?:[- ](?P<big>{_BIG})\b)?",
)


@dataclass(frozen=True)
class Figure:
    """A number in a text: its place and words, its value, and how it is written."""

    start: int
    end: int
    text: str
    value: int
    unit: str
    grouped: bool
    spelt: bool


def find(text: str, thousand: bool) -> Iterator[Figure]:
    """The numbers of a text; `thousand` where "mil" is the Spanish and Portuguese thousand, not short for million."""
    for match in _FIGURE.finditer(text):
        value = _spelt(match) if match.group("spelt") else _value(match, thousand)
        if value is not None and 0 < value < 8_000_000_000:
            unit = (match.group("unit") or match.group("big") or "").rstrip(".")
            yield Figure(*match.span(), match.group().strip(), value, unit, *map(bool, match.group("grouped", "spelt")))


def _spelt(match: re.Match[str]) -> int | None:
    words, big = match.group("spelt").lower(), match.group("big")
    value = _WORDS.get(words)
    if value is None:
        tens, _, ones = words.replace("-", " ").rpartition(" ")
        value = _WORDS.get(tens, 0) + _WORDS.get(ones, 0)
    if big is None and words in ("a", "half a", "a quarter of a", "eine halbe", "un demi", "medio", "meio"):
        return None
    return round(value * _BIGS[big.lower()]) if big else round(value)


def _value(match: re.Match[str], thousand: bool) -> int | None:
    unit = (match.group("unit") or "").rstrip(".").lower()
    factor = 1 if not unit else (1_000 if thousand else 1_000_000) if unit == "mil" else _FACTORS.get(unit)
    if factor is None:
        return None
    if match.group("grouped"):
        return int(re.sub(r"\D", "", match.group("grouped"))) * factor
    return round(float(match.group("plain").replace(",", ".")) * factor)
