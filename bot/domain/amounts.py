"""Numbers of people as people type them: 400k, 1.2M, 12,000, 12.000, 2 lakh."""

from __future__ import annotations

import re

from bot.domain.errors import Invalid

UNITS = {
    "": 1,
    "k": 1_000,
    "tsd": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "cr": 10_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
}
AMOUNT = re.compile(r"^(?:~|about |ca\.? |approx\.? )?(\d[\d.,' ]*)\s*([a-z]*)\.?$", re.IGNORECASE)
GROUPED = re.compile(r"^\d{1,3}(?:[.,' ]\d{3})+$")
EVERYBODY = frozenset(
    {"all", "all customers", "all of them", "all subscribers", "alle", "everybody", "everyone", "the whole list"}
)
MOST = 8_000_000_000


def amount_of(words: str) -> int:
    """The number of people `words` stands for. Raises Invalid with an example if it is not a number."""
    if words.strip().lower() in EVERYBODY:
        raise Invalid(f"How many is “{words.strip()}”? A rough number will do, such as 12,000 or 400k.")
    match = AMOUNT.match(words.strip())
    unit = UNITS.get(match[2].lower()) if match else None
    if match is None or unit is None:
        raise Invalid(f"“{words[:40]}” is not a number I understand. Try 12,000 or 400k.")
    number = _number(match[1].strip(), words)
    value = round(number * unit)
    if value > MOST:
        raise Invalid("That is more people than there are. Try 12,000 or 400k.")
    return value


def _number(digits: str, words: str) -> float:
    if GROUPED.match(digits):
        return float(re.sub(r"[.,' ]", "", digits))
    try:
        return float(digits.replace(" ", "").replace(",", "."))
    except ValueError:
        raise Invalid(f"“{words[:40]}” is not a number I understand. Try 12,000 or 400k.") from None
