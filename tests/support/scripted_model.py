"""A language model that says what it is told to say, and remembers what it was shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.ports import Completion

Answer = str | Exception | Callable[[str], str]


@dataclass
class ScriptedModel:
    """Implements bot.ports.LanguageModel. The last answer is given again and again."""

    answers: list[Answer]
    shown: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    limits_s: list[float] = field(default_factory=list)
    tokens: int = 100

    def complete(self, rules: str, message: str, schema: Mapping[str, Any], limit_s: float) -> Completion:
        """The next answer: a text, an error to raise, or what a function makes of the message."""
        self.shown.append(message)
        self.rules.append(rules)
        self.limits_s.append(limit_s)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return Completion(answer if isinstance(answer, str) else answer(message), self.tokens - 20, 20)


def a_reading(**said: Any) -> str:
    """An answer by the schema: unsure of everything but what is said."""
    unsure = {"new_tool": "unsure", "campaign": "unsure", "tools": []}
    empty = {"campaign_name": "", "date_text": "", "audience_text": ""}
    return json.dumps(unsure | empty | said)
