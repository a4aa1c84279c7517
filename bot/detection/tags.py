"""What the encoder takes the words of a message for: an adopted tool, or a campaign's day, audience or name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from bot.detection.features import Floats, Whole

LIKELY = -1.0  # log-odds from which a piece is worth a look; whoever asks for spans judges them


class Tag(IntEnum):
    """What a piece can belong to; the number of its column."""

    TOOL = 0
    DATE = 1
    AUDIENCE = 2
    NAME = 3


@dataclass(frozen=True)
class Span:
    """A place in a text, and the log-odds, in the mean of its pieces, that it is what was asked for."""

    start: int
    end: int
    sure: float


@dataclass(frozen=True)
class Tagged:
    """A text and its pieces: where each stands (pieces, 2), its log-odds of lying in a span of each tag and of
    beginning one (both pieces, tags). What lies behind the last piece was not read."""

    text: str
    places: Whole
    inside: Floats
    begins: Floats

    def spans(self, tag: Tag, least: float = LIKELY) -> list[Span]:
        """The spans of a tag whose pieces all reach `least` (log-odds), whole words, in the order of the text."""
        return [self._span(tag, *self._whole(first, last)) for first, last in self._runs(tag, least)]

    def sure(self, tag: Tag, start: int, end: int) -> float | None:
        """The log-odds, in the mean, that what stands from start to end is of a tag; None where nothing was read."""
        at = self.pieces(start, end)
        return float(self.inside[at, tag].mean()) if len(at) else None

    def pieces(self, start: int, end: int) -> Whole:
        """The numbers of the pieces that stand, at least in part, between two positions of the text."""
        return np.flatnonzero((self.places[:, 0] < end) & (self.places[:, 1] > start))

    def _span(self, tag: Tag, start: int, end: int) -> Span:
        return Span(start, end, self.sure(tag, start, end) or 0.0)

    def _runs(self, tag: Tag, least: float) -> Iterator[tuple[int, int]]:
        """Where runs of likely pieces start and end; one that rather begins a span than goes on starts anew."""
        start = end = -1
        for (first, last), inside, begins in zip(
            self.places.tolist(), self.inside[:, tag].tolist(), self.begins[:, tag].tolist(), strict=True
        ):
            if start >= 0 and (inside < least or (begins > 0 and not self._within_word(first))):
                yield start, end
                start = -1
            if inside >= least:
                start, end = (first if start < 0 else start), last
        if start >= 0:
            yield start, end

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """The same place, grown to whole words."""
        while self._within_word(start):
            start -= 1
        while self._within_word(end):
            end += 1
        return start, end

    def _within_word(self, at: int) -> bool:
        return 0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum()
