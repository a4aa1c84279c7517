"""Whom each channel of a campaign reaches.

The rule. A channel may be told its part: people (`SMS 80k`) or a share of the audience (`e-mail 70 %`). What these
leave of the audience is shared evenly among the channels that were told none, rounded up; where they leave nothing,
each of those counts with an even part of the whole audience, which is on the safe side. Whoever hears of it twice is
counted twice where that is said: `e-mail 100 %, SMS 100 %`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.channel_words import Part


def reached(audience: int, parts: Sequence[Part | None]) -> tuple[int, ...]:
    """People reached through each channel, by what it was told (None: nothing)."""
    told = sum(part.of(audience) for part in parts if part)
    silent = sum(1 for part in parts if part is None)
    left, among = (audience - told, silent) if told < audience else (audience, len(parts))
    return tuple(-(-left // among) if part is None else part.of(audience) for part in parts)


def all_told(parts: Sequence[Part | None]) -> int | None:
    """The people of all channels together, where each of them was told a number; None else."""
    people = [part.people if part else None for part in parts]
    known = [one for one in people if one is not None]
    return sum(known) if known and len(known) == len(people) else None
