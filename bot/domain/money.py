"""Amounts of money as people type them, kept exact and with their currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.errors import Invalid

MOST = Decimal("1e12")
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
UNITS = {"K": 1_000, "TSD": 1_000, "THOUSAND": 1_000, "M": 1_000_000, "MIO": 1_000_000, "MILLION": 1_000_000}
_AMOUNT = re.compile(
    r"^([A-Z]{3})?\s*(-?)\s*(\d[\d.,'\u2019 \u00a0\u202f]*)\s*(K|TSD\.?|THOUSAND|M|MIO\.?|MILLION)?\s*([A-Z]{3})?$"
)
_ROUGH = re.compile(r"^\d+(?:[.,]\d+)?$")
_THOUSANDS = re.compile(r"^\d{1,3}([.,' ])\d{3}(?:\1\d{3})*$")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        """As people read it: `12,000 EUR`, `99.50 EUR`."""
        whole = self.amount == self.amount.to_integral_value()
        return f"{self.amount:,.{0 if whole else 2}f} {self.currency}"


def money_of(words: str, currency: str, field: str = "") -> Money:
    """The amount `words` stands for: 12,000; 99.50; 1.200,50; EUR 99; € 99; 6k.

    Raises Invalid for what is no amount, is negative, has more than two places, or is in another currency than
    `currency`: nothing is converted, so that sums and limits mean what they say.
    """
    plain = " ".join(words.split())
    for sign, code in SIGNS.items():
        plain = plain.replace(sign, f" {code} ").strip()
    match = _AMOUNT.match(plain.upper())
    if match is None:
        raise Invalid(f"“{words[:40]}” is no amount. Write it like 12,000 {currency}.", field)
    if match[2]:
        raise Invalid(f"“{words[:40]}” is negative. A cost is zero or more.", field)
    given = match[1] or match[5] or currency
    if given != currency:
        raise Invalid(f"“{words[:40]}” is in {given}. Amounts here are in {currency}: please convert it first.", field)
    amount = _scaled(match[3].strip(), match[4].strip(".")) if match[4] else _number(match[3].strip())
    if amount is None or amount > MOST:
        raise Invalid(f"“{words[:40]}” is no amount I can keep. Write it like 12,000 {currency}.", field)
    return Money(amount, currency)


def _scaled(digits: str, unit: str) -> Decimal | None:
    """`6` and `K`, `1.5` and `MIO`: with a unit a point is no thousands."""
    return Decimal(digits.replace(",", ".")) * UNITS[unit] if _ROUGH.match(digits) else None


def _number(digits: str) -> Decimal | None:
    plain = re.sub(r"[\u2019]", "'", re.sub(r"[\u00a0\u202f]", " ", digits))
    if _THOUSANDS.match(plain):
        return Decimal(re.sub(r"\D", "", plain))
    whole, _, rest = plain.rpartition("." if plain.rfind(".") > plain.rfind(",") else ",")
    if not whole:
        return Decimal(plain) if plain.isdecimal() else None
    grouped = re.sub(r"\D", "", whole) if _THOUSANDS.match(whole) else whole
    if not (grouped.isdecimal() and rest.isdecimal() and len(rest) <= 2):
        return None
    return Decimal(f"{grouped}.{rest}")
