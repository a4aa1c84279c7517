"""Holidays and shopping days by year: fixed days, rules, and a table for the rest.

Easter is reckoned by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""

import re
from calendar import isleap
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bot.detection.days import any_of, numbers
from bot.detection.lists import table

_Rule = Callable[[int], date | None]


def _on(month: int, day: int) -> _Rule:
    return lambda year: date(year, month, day) if (month, day) != (2, 29) or isleap(year) else None


def _nth(month: int, weekday: int, nth: int, plus: int = 0) -> _Rule:
    """The nth (1..; -1 the last) weekday (Monday 0) of a month, plus days."""

    def rule(year: int) -> date:
        if nth > 0:
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + plus)
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7) + timedelta(days=plus)

    return rule


def _easter(plus: int = 0) -> _Rule:
    def rule(year: int) -> date:
        a, b, c = year % 19, year // 100, year % 100
        d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
        e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
        f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
        return date(year, f // 31, f % 31 + 1) + timedelta(days=plus)

    return rule


def _listed(*days: str) -> _Rule:
    """Days that follow no simple rule, as ISO dates, one a year; None for a year not listed."""
    by_year = {int(day[:4]): date.fromisoformat(day) for day in days}
    return by_year.get


def _before(month: int, day: int, weekday: int) -> _Rule:
    """The last such weekday before a day."""

    def rule(year: int) -> date:
        last = date(year, month, day) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)

    return rule


def _advent(plus: int) -> _Rule:
    """The first Sunday of Advent (fourth before Christmas) plus days."""

    def rule(year: int) -> date:
        eve = date(year, 12, 24)
        return eve - timedelta(days=(eve.weekday() + 1) % 7 + 21) + timedelta(days=plus)

    return rule


@lru_cache(maxsize=1)
def _feasts() -> tuple[tuple[str, _Rule], ...]:
    """The pattern and the rule of each feast."""
    return tuple((feast["as"], _rule(feast)) for feast in table("feasts")["feasts"])


def _rule(feast: Mapping[str, Any]) -> _Rule:
    kind = next(kind for kind in _RULES if kind in feast)
    given = feast[kind]
    return _RULES[kind](*given) if isinstance(given, list) else _RULES[kind](given)


_AHEAD = 9  # years; eight may pass between leap days
_RULES: Mapping[str, Callable[..., _Rule]] = MappingProxyType(
    {"on": _on, "nth": _nth, "before": _before, "easter": _easter, "advent": _advent, "days": _listed}
)
_BESIDE = r"(?:(?P<beside>day|{}) (?P<side>after|before|nach|vor|apr[èe]s|avant|despu[ée]s de|antes de) (?:the )?)?"
_EVE = ("before", "vor", "avant", "antes de")


def search(text: str) -> re.Match[str] | None:
    """The first feast in a text, if there is one."""
    return pattern().search(text) if _glance().search(text.lower()) else None


def find(text: str) -> Iterator[re.Match[str]]:
    """The feasts of a text as matches for `day`, in its order."""
    return pattern().finditer(text) if _glance().search(text.lower()) else iter(())


@lru_cache(maxsize=1)
def _glance() -> re.Pattern[str]:
    """Whether a lower-case text has any feast: several times faster than `pattern`, most messages have none."""
    return re.compile("|".join(rf"\b{part}\b" for text, _ in _feasts() for part in _parts(text)))


def _parts(text: str) -> list[str]:
    """The alternatives of a pattern that has them at its top level."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """The pattern of `source`."""
    return re.compile(source(), re.IGNORECASE)


def source() -> str:
    """One pattern for all feasts, also for a day beside one; the group f<index> says which feast it was."""
    parts = "|".join(f"(?P<f{index}>{text})" for index, (text, _) in enumerate(_feasts()))
    return rf"\b{_BESIDE.format(any_of(numbers('weekdays')))}\b(?:{parts})\b(?P<weekend> weekend)?"


def day(match: re.Match[str], sent_at: date) -> date | None:
    """The next such day from `sent_at` on, for a match of `pattern`; None where the table ends."""
    name = next(name for name, text in match.groupdict().items() if name[1:].isdigit() and text)
    rule = _feasts()[int(name[1:])][1]
    days = [found for year in range(sent_at.year, sent_at.year + _AHEAD) if (found := rule(year)) and found >= sent_at]
    return _beside(match, min(days)) if days else None


def _beside(match: re.Match[str], feast: date) -> date:
    """The day before or after a feast, or the weekday next to it; the Saturday of a long weekend."""
    if not match.group("beside"):
        monday = match.group("weekend") and feast.weekday() == 0
        return feast - timedelta(days=2) if monday else feast
    sign = -1 if match.group("side").lower() in _EVE else 1
    name = match.group("beside").lower()
    if name == "day":
        return feast + timedelta(days=sign)
    away = (sign * (numbers("weekdays")[name] - feast.weekday()) - 1) % 7 + 1
    return feast + timedelta(days=sign * away)
