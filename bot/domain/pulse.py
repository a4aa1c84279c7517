"""The pulse: once a month both sides are asked whether everybody is on board. Counted, never kept by person.

All answers of a side are one record without order, times or authors: sums of clicks, lines by the alphabet, and
ballots, which only tell that somebody has answered already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import Conflict, Invalid
from bot.domain.involvement import Share
from bot.domain.months import Month
from bot.domain.people import Side

LEAST_GROUP = 5
SCORES = (1, 2, 3, 4, 5)
MOST_LINE = 200
ANSWERED = "You have answered this month already. As nobody knows what, it can't be changed. Thank you!"
ASKED_FROM_DAY = 15


@dataclass(frozen=True, slots=True)
class Pulse:
    """The answers of one side for a month (`2026-12`). counts: how many clicked 1 to 5. ballots: one a click, and one a
    line, from which nobody can be told without the key of this installation.
    """

    workspace: str
    month: str
    side: Side
    counts: tuple[int, ...] = (0,) * len(SCORES)
    lines: tuple[str, ...] = ()
    ballots: tuple[str, ...] = ()

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers to show anything of them."""
        return self.answers >= LEAST_GROUP

    @property
    def mean(self) -> float | None:
        """The mean of the answers, None while there are too few."""
        if not self.is_shown:
            return None
        return sum(score * count for score, count in zip(SCORES, self.counts, strict=True)) / self.answers

    def vote(self, score: int, ballot: str) -> Pulse:
        """With one more answer. Raises Invalid for no score, Conflict if this ballot was used."""
        if score not in SCORES:
            raise Invalid("An answer is a number from 1 to 5.")
        counts = tuple(count + (each == score) for each, count in zip(SCORES, self.counts, strict=True))
        return replace(self, counts=counts, ballots=self._with(ballot))

    def say(self, line: str, ballot: str) -> Pulse:
        """With one more line. Raises Invalid for an empty or long one, Conflict if this ballot was used."""
        words = " ".join(line.split())
        if not words or len(words) > MOST_LINE:
            raise Invalid(f"Please write a line of at most {MOST_LINE} characters.", "line")
        return replace(self, lines=tuple(sorted((*self.lines, words))), ballots=self._with(ballot))

    def _with(self, ballot: str) -> tuple[str, ...]:
        if ballot in self.ballots:
            raise Conflict(ANSWERED)
        return tuple(sorted((*self.ballots, ballot)))


def on_board(pulses: Sequence[Pulse]) -> Share:
    """The points given of all that could be, of the side with the lower mean; it says no more than the means.

    Of nothing while a side has too few answers.
    """
    if not pulses or not all(one.is_shown for one in pulses):
        return Share(0, 0)
    least = min(pulses, key=lambda one: one.mean or 0)
    return Share(
        sum(score * count for score, count in zip(SCORES, least.counts, strict=True)), SCORES[-1] * least.answers
    )


def is_over(month: str, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a month's answers are closed: with its last day. Only then are they shown, all at once."""
    return Month.of(now, zone).name != month


def months_before(now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """The month before this one, and the one before that."""
    last = Month.of(now, zone).before
    return last.name, last.before.name
