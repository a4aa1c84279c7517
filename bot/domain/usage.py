"""What the language model costs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Used:
    """How often a language model was called, and the tokens that took."""

    calls: int = 0
    tokens: int = 0
