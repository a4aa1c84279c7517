"""What the language model is used for, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PER_PRICE = 1_000_000  # a price is of so many tokens


class Purpose(StrEnum):
    """What a language model is asked for."""

    SECOND_OPINION = "second_opinion"
    ANSWER = "answer"
    DRAFT = "draft"
    SUMMARY = "summary"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Used:
    """How often a language model was called, and the tokens that it read and wrote."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.tokens_in + self.tokens_out

    def plus(self, more: Used) -> Used:
        """Both together."""
        return Used(self.calls + more.calls, self.tokens_in + more.tokens_in, self.tokens_out + more.tokens_out)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, read and written, in US dollars; None where nobody said."""

    of_in: float | None = None
    of_out: float | None = None

    def of(self, used: Used) -> float | None:
        """What it cost, in US dollars; None unless both prices are known."""
        if self.of_in is None or self.of_out is None:
            return None
        return (used.tokens_in * self.of_in + used.tokens_out * self.of_out) / PER_PRICE
