"""What people type about a campaign, read: shares, spans of time, times of day, sites, order values."""

from __future__ import annotations

import re
from datetime import time

from bot.domain.errors import Invalid
from bot.domain.money import SIGNS, Money, money_of

WEEK_S = 7 * 86_400.0
_SHARE = re.compile(r"^(\d{1,9}(?:[.,]\d{1,6})?)\s*(?:%|percent|per cent)?$", re.IGNORECASE)
_PART = re.compile(r"(\d{1,9}(?:[.,]\d{1,3})?)\s*([a-z]*)", re.IGNORECASE)
_SPAN = re.compile(r"^(?:\d{1,9}(?:[.,]\d{1,3})?\s*[a-z]*\.?[\s,]*(?:and\s+)?)+$", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})(?::(\d{2})(?::00)?\s*(am|pm)?|\s*(am|pm|uhr|h))(?![\w:])", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")
_VISITORS = re.compile(
    r"[\s\-]*(?:\w+\s+)?(?:visitors?|visits|sessions|besucher(?:innen)?|besuche|visiteurs?|visites|visitantes?|visitas)\b",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"[\s<>|]+")
_AROUND = ".,;:!?()<>\"'"  # what may stand around an address
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_UNITS = {
    "s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0,
    "": 60.0, "m": 60.0, "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0,
    "h": 3600.0, "hr": 3600.0, "hrs": 3600.0, "hour": 3600.0, "hours": 3600.0,
    "d": 86_400.0, "day": 86_400.0, "days": 86_400.0,
}  # fmt: skip


def share_of(words: str) -> float:
    """A share (0 to 1) typed in percent: `1.7 %`, `2`. Raises Invalid above 100 % and for what is no number."""
    match = _SHARE.match(words.strip())
    if match is None:
        raise Invalid(f"“{words[:40]}” is no share I understand. Type it in percent, like 1.7 %.")
    percent = float(match[1].replace(",", "."))
    if percent > 100:
        raise Invalid(f"{percent:g} % is more than everybody. Type it in percent: two of a hundred are 2 %.")
    return percent / 100


def span_of(words: str) -> float:
    """Seconds of a span: `40 min`, `3 h 30 min`, `2 days`, `90` (minutes).

    Raises Invalid for zero, for more than a week, and for what is no span.
    """
    parts = _PART.findall(words)
    units = [_UNITS.get(unit.lower()) for _, unit in parts]
    if not parts or None in units or not _SPAN.match(words.strip()):
        raise Invalid(f"“{words[:40]}” is no span of time I understand. Try 40 min or 4 h.")
    seconds = sum(
        float(number.replace(",", ".")) * (unit or 0.0) for (number, _), unit in zip(parts, units, strict=True)
    )
    if seconds <= 0:
        raise Invalid("Sending takes some time: how long from the first to the last, such as 40 min or 4 h?")
    if seconds > WEEK_S:
        raise Invalid("That is more than a week. For so long a campaign, open one ticket for each week.")
    return seconds


def span_words(seconds: float) -> str:
    """A span as people say it, to the minute, and as `span_of` reads it: `40 min`, `3 h 30 min`, `2 days`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    days, hours = divmod(minutes // 60, 24)
    if minutes < 120 and minutes != 60:
        return f"{minutes} min"
    parts = ((days, "day" if days == 1 else "days"), (hours, "h"), (minutes % 60, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def time_of(words: str) -> time:
    """A time of day: `9`, `10:00`, `9 am`. Raises Invalid for what is none."""
    plain = f"{words.strip()}:00" if re.fullmatch(r"\d{1,2}", words.strip()) else words.strip()
    found = time_in(plain) if _CLOCK.fullmatch(plain) else None
    if found is None:
        raise Invalid(f"“{words[:40]}” is no time of day. Write it like 10:00.")
    return found


def time_in(words: str) -> time | None:
    """The first time of day in some words."""
    match = _CLOCK.search(words)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or match[4] or "").lower()
    if half in {"am", "pm"} and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def counts_visits(words: str, reach: str) -> bool:
    """Whether `reach`, as it stands in some words, counts visitors of the site and not the people who are told."""
    after = words.partition(reach)[2] if reach else ""
    return _VISITORS.match(after) is not None


def site_in(words: str) -> str:
    """The address some words name, without its scheme; empty if they name none, or several sites."""
    found = addresses_in(words)
    return bare_address(found[0]) if len({host_of(word) for word in found}) == 1 else ""


def addresses_in(words: str) -> tuple[str, ...]:
    """The addresses of pages in some words, each as it stands there; those of mail are none."""
    return tuple(word for word in _ADDRESSES.split(words) if "@" not in word and host_of(word))


def bare_address(word: str) -> str:
    """An address without its scheme and what stands around it."""
    return re.sub(r"^[a-z]+://", "", word.strip(_AROUND), flags=re.IGNORECASE)


def order_value_of(words: str) -> Money:
    """What an order brings: `45`, `45 EUR`, `€ 45`; without a currency it has none. Raises Invalid as money_of."""
    named = _CURRENCY.search(words.upper())
    sign = next((code for sign, code in SIGNS.items() if sign in words), "")
    currency = named[0] if named else sign
    found = money_of(words, currency or "EUR")
    return found if currency else Money(found.amount, "")


def host_of(words: str) -> str:
    """The host of an address: `https://www.Shop.example/sale?x=1` is `shop.example`; empty where there is none."""
    for word in re.split(r"[\s<>|()]+", words):
        plain = word.strip(".,;:!?\"'").lower()
        host = re.split(r"[/?#]", re.sub(r"^[a-z]+://", "", plain), maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
        if _HOST.match(host):
            return host.removeprefix("www.")
    return ""
