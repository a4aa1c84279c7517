"""Targets as people type them: `urgent 15 min, high 1 h, normal 4 h, low 1 day`, and read back the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.errors import Invalid
from bot.domain.kinds import KINDS
from bot.domain.sla import duration
from bot.domain.targets import WORKING_DAY_S, Priority, Targets

MOST_DAYS = 120
MORE = "more"
UNITS = {
    "m": 60, "min": 60, "minute": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600,
    "d": WORKING_DAY_S, "day": WORKING_DAY_S, "days": WORKING_DAY_S,
    "working day": WORKING_DAY_S, "working days": WORKING_DAY_S,
}  # fmt: skip
_TIME = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+(?: days?)?)", re.IGNORECASE)


def read_time(words: str) -> int:
    """`15 min`, `4 h`, `3 days` (working days of 8 hours) or `1 day 2 h` in seconds.

    Invalid for anything else, for less than a minute and for more than 120 working days.
    """
    found = list(_TIME.finditer(words))
    rest = _TIME.sub("", words).replace("and", "").strip(" ,")
    if not found or rest or any(each[2].lower() not in UNITS for each in found):
        raise Invalid(f"“{words.strip()[:40]}” is no time. Write it like 15 min, 4 h or 3 days.")
    seconds = round(sum(float(each[1]) * UNITS[each[2].lower()] for each in found))
    if not 60 <= seconds <= MOST_DAYS * WORKING_DAY_S:
        raise Invalid(f"“{words.strip()[:40]}” can't be kept: give between 1 minute and {MOST_DAYS} working days.")
    return seconds


def read_by_priority(words: str, *, whole: bool = True) -> dict[Priority, int]:
    """`urgent 15 min, high 1 h, …` in seconds. whole: each priority must be there. Invalid if it cannot be read."""
    found: dict[Priority, int] = {}
    for part in filter(None, (each.strip() for each in words.split(","))):
        name, _, time = part.partition(" ")
        if name.lower() not in set(Priority):
            raise Invalid(f"“{name[:30]}” is no priority. Write: urgent 15 min, high 1 h, normal 4 h, low 1 day")
        found[Priority(name.lower())] = read_time(time)
    missing = [each.value for each in Priority if each not in found]
    if whole and missing:
        raise Invalid(f"Please also say how long for {', '.join(missing)}.")
    return found


def read_of_kinds(text: str) -> dict[str, dict[Priority, int]]:
    """Lines such as `New tool: normal 10 days, low 20 days`. Invalid if one cannot be read."""
    keys = {kind.title.lower(): kind.key for kind in KINDS}
    found = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        name, colon, times = line.partition(":")
        if not colon or name.strip().lower() not in keys:
            known = ", ".join(kind.title for kind in KINDS)
            raise Invalid(
                f"“{line[:40]}” begins with no kind of ticket. Write a line like: Question: normal 1 day ({known})"
            )
        found[keys[name.strip().lower()]] = read_by_priority(times, whole=False)
    return found


def read_lead(words: str) -> tuple[dict[int, int], int]:
    """`10000 people 2 days; … ; more 40 days`: the steps by reach, and what counts beyond. Invalid otherwise."""
    steps: dict[int, int] = {}
    beyond = 0
    for part in filter(None, (each.strip() for each in words.split(";"))):
        most, _, time = part.replace("people", "").replace(":", " ").partition(" ")
        if most.lower() == MORE:
            beyond = read_time(time)
        elif (digits := most.replace(",", "").replace(".", "")).isdigit():
            steps[int(digits)] = read_time(time)
        else:
            raise Invalid(
                f"I can't read “{part[:40]}”. Write: 10,000 people 2 days; 100,000 people 5 days; more 15 days"
            )
    if not steps or not beyond:
        raise Invalid("Please give at least one size and the rest: 10,000 people 2 days; more 10 days")
    return steps, beyond


def read_shares(words: str) -> tuple[int, ...]:
    """`50, 75, 90`: percentages at which to warn, at most five. Invalid otherwise."""
    parts = [part.strip().removesuffix("%").strip() for part in words.split(",") if part.strip()]
    if not all(part.isdigit() and 0 < int(part) < 100 for part in parts) or not 1 <= len(parts) <= 5:
        raise Invalid("Write one to five percentages between 1 and 99, such as 50, 75, 90.")
    return tuple(sorted({int(part) for part in parts}))


def time_words(seconds: int) -> str:
    """Seconds as they are typed."""
    return duration(seconds).replace("working ", "") if seconds != WORKING_DAY_S else "1 day"


def by_priority_words(times: Mapping[Priority, int]) -> str:
    """Times by priority as they are typed."""
    return ", ".join(f"{each.value} {time_words(times[each])}" for each in Priority if each in times)


def of_kinds_text(targets: Targets) -> str:
    """What differs by kind, as it is typed."""
    titles = {kind.key: kind.title for kind in KINDS}
    return "\n".join(f"{titles[key]}: {by_priority_words(given)}" for key, given in targets.of_kinds.items())


def lead_words(targets: Targets) -> str:
    """The lead times as they are typed."""
    steps = [f"{most:,} people {time_words(targets.lead[most])}" for most in sorted(targets.lead)]
    return "; ".join([*steps, f"{MORE} {time_words(targets.lead_beyond)}"])
